/** Pieces that several pages are made of. */
import { html, nothing, svg } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { count, percent, plural, rate } from './format.js';

export const TIERS = [
  { field: 'l1', name: 'L1 memory', short: 'L1', band: 'band-l1' },
  { field: 'l2', name: 'L2 Redis', short: 'L2', band: 'band-l2' },
  { field: 'database', name: 'database tier', short: 'DB', band: 'band-database' },
  { field: 'source', name: 'loaded from the source', short: 'source', band: 'band-source' },
];

/** A state in a word with a sign before it, so that it is not told by colour alone. */
export function pill(level, text, title = '') {
  const sign = { good: '✓', warn: '!', bad: '✕', idle: '·' }[level];
  return html`<span class="pill ${level}" title=${title || nothing}><span aria-hidden="true">${sign}</span> ${text}</span>`;
}

/** Which tier answered, as a bar and in words for those who do not see it. */
export function splitBar(parts) {
  const all = TIERS.reduce((sum, tier) => sum + (parts[tier.field] || 0), 0);
  const words = all
    ? TIERS.filter((tier) => parts[tier.field]).map((tier) => `${tier.short} ${percent(parts[tier.field] / all)}`).join(', ')
    : parts.passes ? 'all passed by to the source' : 'not read lately';
  let x = 0;
  return html`<svg class="split" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=${words}>
    <title>${words}</title><rect class="band-none" width="100" height="6"></rect>
    ${TIERS.map((tier) => {
      const width = all ? (100 * (parts[tier.field] || 0)) / all : 0;
      x += width;
      return svg`<rect class=${tier.band} x=${x - width} width=${width} height="6"></rect>`;
    })}</svg>`;
}

/** A slot key that leads to its page. Text stays text, whatever is in it. */
export function keyLink(slot, shown = slot) {
  return html`<a class="code" href="#/keys/${encodeURIComponent(slot)}" title=${slot}>${shown}</a>`;
}

export function cacheLink(name) {
  return html`<a class="code" href="#/caches/${encodeURIComponent(name)}">${name}</a>`;
}

/**
 * Caches to choose one of, by name. A browser keeps the chosen element and not its text, so each name has its own
 * whatever the order of the caches is, and the chosen one has it even where no node tells of that cache.
 */
export function cacheOptions(caches, chosen) {
  const names = new Set(caches.map((cache) => cache.name));
  if (chosen) names.add(chosen);
  return repeat([...names].sort((a, b) => a.localeCompare(b)), (name) => name, (name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`);
}

export function problem(text) {
  return text ? html`<p class="problem" role="alert"><strong>That did not work.</strong> ${text}</p>` : nothing;
}

export function empty(text) {
  return html`<p class="quiet">${text}</p>`;
}

/** How a switch stands, with what goes to the source since its keys are off. */
export function switched(cache) {
  if (cache.percent === 100) return pill('good', 'on');
  return html`${cache.percent === 0 ? pill('bad', 'off') : pill('warn', `${cache.percent} %`)}${passing(cache)}`;
}

/** " 12/s pass by", of lookups that are no reads of the cache; nothing where there are none now. */
export function passing(cache) {
  return cache.passesPerSecond > 0 ? html` <span class="quiet" data-passes>${rate(cache.passesPerSecond)}/s pass by</span>` : nothing;
}

/** How a figure comes about, behind a word. */
export function how(text) {
  return html`<details class="how"><summary>how computed</summary><p>${text}</p></details>`;
}

/** Which hits in L1 are not timed. */
export const UNTIMED = 'those of reads of many keys at once (getAll) and of asynchronous reads are not timed in L1.';

/** Where the counts of hot keys come from, for their heading. */
export const HOT_KEYS = 'since the nodes started, estimated from 1 lookup in 256';

const LISTED = 'a key is listed once 4 of those were surely its own';

export const HOW_HOT = `Each node looks at one lookup in 256 of a cache and counts its key; ${LISTED}, since fewer come about by chance. It then has the share of all lookups that it has of those; after a few of them that may be off by half and more. Nodes are added.`;

/** Why no key can be named as hot. */
export function noHotKeys(lookups) {
  return lookups === 0 ? 'No key has been asked for yet.' : `No key stands out of ${plural(lookups, 'lookup')}: 1 in 256 is looked at, and ${LISTED}.`;
}

/**
 * A table with a caption, of which at most a page is in the document.
 *
 * @param columns {name, number, cell(row)}
 */
export function table({ caption, columns, rows, key = '', page = 0, onPage = () => {}, size = 100, none = 'Nothing here.' }) {
  if (rows.length === 0) return empty(none);
  const pages = Math.ceil(rows.length / size);
  const at = Math.min(page, pages - 1);
  const shown = rows.length > size ? rows.slice(at * size, (at + 1) * size) : rows;
  return html`<div class="scroll" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption class="unseen">${caption}</caption>
        <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.number ? 'number' : ''}>${column.name}</th>`)}</tr></thead>
        <tbody>${shown.map((row) => html`<tr>${columns.map((column, index) => index === 0
          ? html`<th scope="row">${column.cell(row)}</th>`
          : html`<td class=${column.number ? 'number' : ''}>${column.cell(row)}</td>`)}</tr>`)}</tbody>
      </table>
    </div>
    ${pages > 1
      ? html`<nav class="pages" aria-label="Pages of ${caption}">
          <button type="button" ?disabled=${at === 0} @click=${() => onPage(at - 1)}>Previous</button>
          <span>${count(at * size + 1)} to ${count(at * size + shown.length)} of ${count(rows.length)}</span>
          <button type="button" ?disabled=${at === pages - 1} @click=${() => onPage(at + 1)}>Next</button>
        </nav>`
      : nothing}`;
}

/** The level and words of a circuit. */
export function circuit(tier) {
  const state = tier.circuit || 'unknown';
  if (state === 'closed' && !tier.isDegraded) return pill('good', 'ok', 'Its circuit is closed: calls go through');
  if (state === 'half-open' && !isSilent(tier)) return pill('warn', 'half-open', 'A few calls are tried');
  return pill('bad', circuitName(tier), 'The tier is skipped, or does not answer');
}

/** A half-open circuit waits for calls, which nobody makes while the log is silent. */
export function isSilent(tier) {
  return tier.circuit === 'no-answer' || (tier.circuit === 'half-open' && !tier.isConfirmed);
}

/** What is wrong with a tier, in a word or two. An open circuit lets no call through, so its tier is skipped. */
export function circuitName(tier) {
  if (isSilent(tier)) return 'no answer';
  return { closed: 'degraded', open: 'skipped' }[tier.circuit] ?? (tier.circuit || 'unknown');
}

export function tierName(tier) {
  return { L1: 'L1 memory', L2: 'L2 Redis', DATABASE: 'database tier' }[tier] ?? tier;
}

export function nodeState(node) {
  return {
    IN_SYNC: pill('good', 'in sync', 'It was proved within a second that it knows all invalidations'),
    UNSURE: pill('warn', 'unsure', 'It does not know whether it has heard of all invalidations'),
    BEHIND: pill('bad', `behind, ${node.waiting} waiting`, 'Invalidations wait for a log that does not answer'),
  }[node.state] ?? pill('idle', node.state);
}

export const KINDS = {
  INVALIDATION: 'invalidation', LOAD: 'load', LOAD_FAILED: 'load failed', REFUSED: 'fill refused', MISS: 'miss', CIRCUIT: 'circuit',
  LINK: 'link', SWITCH: 'switch', WARM_UP: 'warm-up', ACTION: 'action', STALE_FOUND: 'stale found', NODE: 'node', MINUTE: 'minute',
};

/** The larder's answers to an order, spoken as well as shown. */
export function outcome(done) {
  if (!done) return nothing;
  return html`<p class="done" role="status">${done.done}${done.isDeferred ? ' It waits for a log that does not answer.' : ''}${done.position ? html` <span class="quiet">at ${done.position}</span>` : ''}</p>`;
}
