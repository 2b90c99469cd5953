/** How values are spread: quantiles and a row of bars. */
import { html, svg } from 'lit';
import { count, percent } from './format.js';
import { empty } from './parts.js';

/** The buckets of one measure over many distributions, lowest first. */
export function merged(distributions, measure) {
  const counts = new Map();
  for (const each of distributions) {
    if (each.measure !== measure) continue;
    for (const bucket of each.buckets) counts.set(bucket.upTo, (counts.get(bucket.upTo) ?? 0) + bucket.count);
  }
  return [...counts].sort((a, b) => a[0] - b[0]).map(([upTo, times]) => ({ upTo, count: times }));
}

/** What has come to the buckets since a time before; all of it where that counted more. */
export function since(buckets, before) {
  const was = new Map(before.map((bucket) => [bucket.upTo, bucket.count]));
  const rest = buckets.map((bucket) => ({ upTo: bucket.upTo, count: bucket.count - (was.get(bucket.upTo) ?? 0) }));
  return rest.some((bucket) => bucket.count < 0) ? buckets : rest.filter((bucket) => bucket.count > 0);
}

export function total(buckets) {
  return buckets.reduce((sum, bucket) => sum + bucket.count, 0);
}

/** A value that this share of all does not exceed; NaN if there are none. */
export function quantile(buckets, share) {
  const wanted = Math.max(1, Math.ceil(total(buckets) * share));
  let seen = 0;
  for (const bucket of buckets) {
    seen += bucket.count;
    if (seen >= wanted) return bucket.upTo;
  }
  return NaN;
}

/**
 * Bars of equal width, one for each doubling of the value, with what they stand for in words.
 *
 * @param none why there are no values, where there are none
 */
export function spread(name, buckets, unit, none = 'Nothing was measured yet.') {
  const all = total(buckets);
  if (all === 0) return html`<figure class="spread"><figcaption>${name}</figcaption>${empty(none)}</figure>`;
  const bars = new Map();
  for (const bucket of buckets) {
    const octave = bucket.upTo < 1 ? -1 : Math.floor(Math.log2(bucket.upTo));
    bars.set(octave, (bars.get(octave) ?? 0) + bucket.count);
  }
  const first = Math.min(...bars.keys());
  const last = Math.max(...bars.keys());
  const most = Math.max(...bars.values());
  const words = `${name}: median ${unit(quantile(buckets, 0.5))}, 99 % up to ${unit(quantile(buckets, 0.99))}, of ${count(all)}`;
  const bar = (octave) => {
    const times = bars.get(octave) ?? 0;
    const height = (36 * times) / most;
    const label = `${unit(octave < 0 ? 0 : 2 ** octave)} to ${unit(octave < 0 ? 0 : 2 ** (octave + 1))}: ${percent(times / all)}`;
    return svg`<rect class="bar" x=${(octave - first) * 10} y=${40 - height} width="9" height=${height}><title>${label}</title></rect>`;
  };
  return html`<figure class="spread"><figcaption>${name} <span class="quiet">p50 ${unit(quantile(buckets, 0.5))} · p99 ${unit(quantile(buckets, 0.99))} · ${count(all)} measured</span></figcaption>
    <svg viewBox="0 0 ${(last - first + 1) * 10} 41" preserveAspectRatio="none" role="img" aria-label=${words}>
      ${Array.from({ length: last - first + 1 }, (none, index) => bar(first + index))}</svg>
    <p class="ends quiet"><span>${unit(first < 0 ? 0 : 2 ** first)}</span><span>${unit(2 ** (last + 1))}</span></p></figure>`;
}
