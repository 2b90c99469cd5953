/** Figures as people read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A count: 1,204 below ten million, then 61.8 M. */
export function count(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9) return `${fine.format(value / 1e9)} G`;
  if (size >= 1e7) return `${fine.format(value / 1e6)} M`;
  return whole.format(value);
}

/** A rate: 0.4, 12, 1,204. */
export function rate(value) {
  if (!Number.isFinite(value)) return '–';
  return value !== 0 && Math.abs(value) < 10 ? fine.format(value) : count(value);
}

/** A share of 0 to 1 as per cent; "–" where nothing was counted. What is not nothing does not read as 0, nor what is not all as 100. */
export function percent(value) {
  if (!Number.isFinite(value)) return '–';
  const shown = fine.format(100 * value);
  if (shown === '0' && value > 0) return '< 0.1 %';
  if (shown === '100' && value < 1) return '> 99.9 %';
  return `${shown} %`;
}

export function bytes(value) {
  if (!Number.isFinite(value) || value < 0) return '–';
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let rest = value;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 ? rest : fine.format(rest)} ${units[unit]}`;
}

/** A length of time from nanoseconds: 85 ns, 2.1 µs, 0.9 ms, 2.4 s, 3 min 5 s, 2 h 14 min. */
export function nanos(value) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  if (value < 1e3) return `${whole.format(value)} ns`;
  if (value < 1e6) return `${fine.format(value / 1e3)} µs`;
  if (value < 1e9) return `${fine.format(value / 1e6)} ms`;
  if (value < 60e9) return `${fine.format(value / 1e9)} s`;
  return long(value / 1e9);
}

/** A length of time from milliseconds. */
export function millis(value) {
  return nanos(value * 1e6);
}

function long(seconds) {
  if (seconds < 3600) return two(seconds, 60, 'min', 1, 's');
  if (seconds < 86400) return two(seconds, 3600, 'h', 60, 'min');
  return two(seconds, 86400, 'd', 3600, 'h');
}

function two(seconds, size, unit, small, smallUnit) {
  const first = Math.floor(seconds / size);
  const second = Math.floor((seconds - first * size) / small);
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${smallUnit}`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** The time of day, to the second. */
export function timeOfDay(atMillis) {
  return clock.format(new Date(atMillis));
}

/** The time of day; with the date where that is another than today. */
export function time(atMillis) {
  if (!atMillis) return '–';
  const at = new Date(atMillis);
  const today = new Date();
  // Swedish dates are written as ISO has it.
  const day = at.toDateString() === today.toDateString() ? '' : `${at.toLocaleDateString('sv')} `;
  return day + timeOfDay(atMillis);
}

/** An ISO 8601 duration, as Java writes it, in milliseconds; NaN if it is none. */
export function duration(text) {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  return parts ? ((+(parts[1] ?? 0) * 60 + +(parts[2] ?? 0)) * 60 + +(parts[3] ?? 0)) * 1000 : NaN;
}

const UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as people type it (500ms, 30s, 5m, 2h, 1d; a number alone is seconds) or as Java writes it, in milliseconds; NaN if it is none. */
export function span(text) {
  const clean = text.trim().toLowerCase();
  const parts = /^(\d{1,12})\s*(ms|s|m|min|h|d)?$/.exec(clean);
  return parts ? parts[1] * UNITS[parts[2] ?? 's'] : duration(clean.toUpperCase());
}

/** A slot key's beginning and end where it is longer than that. */
export function short(text, most = 60) {
  return text.length <= most ? text : `${text.slice(0, most - 13)}…${text.slice(-12)}`;
}

/** "1 key", "2 keys". */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A setting: times as people read them, all else as it is. */
export function setting(text) {
  const time = duration(text);
  return Number.isFinite(time) ? millis(time) : (text ?? '–');
}
