import { html, nothing } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { get, post } from './api.js';
import { bytes, count, millis, nanos, percent, plural, rate, setting, short, time } from './format.js';
import { HOT_KEYS, HOW_HOT, UNTIMED, empty, how, keyLink, noHotKeys, outcome, problem, splitBar, switched, table } from './parts.js';
import { hitRate } from './overview.js';
import { merged, spread } from './spread.js';
import './dialogs.js';

/** Distributions are asked for, not told. */
const EVERY = 5000;

const MEASURES = [
  ['L1_HIT', 'Hit in L1', nanos],
  ['TIER_HIT', 'Hit below L1', nanos],
  ['LOAD', 'Load', nanos],
  ['AGE_AT_HIT', 'Age at hit', millis],
  ['LIFE_LEFT_WHEN_EVICTED', 'Life left when evicted for room', millis],
  ['STORED_SIZE', 'Stored size', bytes],
];

/** Measures of hits in L1. */
const SAMPLED = ['L1_HIT', 'AGE_AT_HIT'];

/** Why there is nothing of a measure. */
function unmeasured(measure, cache) {
  return SAMPLED.includes(measure) && cache.l1Hits > 0
    ? `None of ${plural(cache.l1Hits, 'hit')} in L1 was measured: one in 256 is, and ${UNTIMED}`
    : 'Nothing was measured yet.';
}

/** The order by which the switch of a cache stands, where a node remembers it. */
const standing = (name) => store.overview.switchOrders.find((order) => order.cache === name);

/** What a switch will do, by what the cache does now. */
function switchSays(cache, percent) {
  const hits = cache.recent.l1 + cache.recent.l2 + cache.recent.database;
  const hitsPerSecond = cache.recent.all ? (cache.readsPerSecond * hits) / cache.recent.all : 0;
  const passed = cache.passesPerSecond;
  const pass = passed > 0 ? ` and ${rate(passed)} pass the cache by and go to the source` : '';
  const says = [`Now ${cache.percent} %: ${rate(cache.readsPerSecond + passed)} reads/s, of which tiers answer ${rate(hitsPerSecond)}${pass}.`];
  const order = standing(cache.name);
  if (order) says.push(`It was switched to ${order.percent} % at ${time(order.atMillis)} by ${order.who}.`);
  // Of the cache's switch and that of all caches the lower one holds.
  const all = store.overview.switches[''] ?? 100;
  const next = Math.min(percent, all);
  // A lookup of many keys is one load to the source.
  const loads = cache.hits ? (hitsPerSecond * cache.sparedLoads) / cache.hits : 0;
  const more = (loads * (cache.percent - next)) / Math.max(1, cache.percent);
  const again = (passed * (next - cache.percent)) / Math.max(1, 100 - cache.percent);
  if (next < cache.percent) {
    says.push(`The source will be asked about ${rate(more)} times a second more, ${nanos(cache.sparedNanos / cache.sparedLoads)} each as loads went. Entries stay stored, ${count(cache.l1Size)} of them in L1, and are invalidated as before.`);
  } else if (next > cache.percent) {
    says.push(`${next === 100 ? 'All' : 'More'} keys will be cached${again > 0 ? `: about ${rate(again)} reads/s that pass by now will be looked up again` : ''}. What was stored before and not invalidated since is answered again.`);
  } else if (next === percent) {
    says.push('That is what it is now.');
  }
  if (next < percent) says.push(`All caches are switched to ${all} %, and the lower of the two holds.`);
  return says;
}

export class CachePage extends Page {
  static properties = { ...Page.properties, name: {}, session: { attribute: false }, advice: { state: true }, distributions: { state: true }, done: { state: true }, percent: { state: true } };

  async willUpdate(changed) {
    if (changed.has('name')) {
      this.done = undefined;
      this.percent = undefined;
      this.distributions = [];
      this.measure();
      const { advice, whyNone } = (await this.attempt(() => get('advice', { cache: this.name }))) ?? {};
      this.whyNone = whyNone;
      this.advice = advice;
    }
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.measure(), EVERY);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  async measure() {
    const name = this.name;
    try {
      const { distributions } = await get('distributions', { cache: name });
      if (name === this.name) this.distributions = distributions;
    } catch {
      // What was shown stays; the next time comes.
    }
  }

  async invalidate() {
    this.done = await this.querySelector('invalidate-dialog').ask({ kind: 'CACHE', names: [this.name] }, this.name);
  }

  async turn(event) {
    event.preventDefault();
    const cache = store.caches.find((each) => each.name === this.name);
    const chosen = Number(this.percent ?? cache.percent);
    this.done = await this.querySelector('confirm-dialog').ask({
      title: `Let ${chosen} % of the keys be cached, on all nodes, in`,
      subject: this.name,
      says: switchSays(cache, chosen),
      action: 'Set switch',
      carryOut: async () => (await post('switch', { cache: this.name, percent: chosen })).outcome,
    });
  }

  render() {
    const cache = store.caches.find((each) => each.name === this.name);
    const head = html`<p><a href="#/caches">All caches</a></p><h1 class="code">${this.name}</h1>`;
    if (!cache) return html`${head}${empty(store.overview ? 'No node has such a cache now.' : 'Waiting for the first second…')}`;
    const names = [...new Set(cache.nodes.flatMap((node) => Object.keys(node.policy)))].sort();
    const differ = (name) => new Set(cache.nodes.map((node) => node.policy[name] ?? '')).size > 1;
    const order = standing(this.name);
    const percent100 = this.percent ?? cache.percent;
    const hot = [...cache.keys].sort((a, b) => b[1] - a[1]).slice(0, 20);
    return html`${head}${problem(this.problem)}${outcome(this.done)}
      <invalidate-dialog></invalidate-dialog><confirm-dialog></confirm-dialog>
      <div class="grid halves">
        <section class="panel"><h2>What it does <span class="unit">since the nodes started, all nodes</span></h2>
          ${splitBar(cache.recent)}
          <dl class="facts">
            <div><dt>hit ratio</dt><dd>${hitRate(cache)}</dd></div>
            <div><dt>reads</dt><dd>${rate(cache.readsPerSecond)} /s now, ${count(cache.requests)} in all</dd></div>
            <div><dt>answered by</dt><dd>L1 ${count(cache.l1Hits)} · L2 ${count(cache.l2Hits)} · database ${count(cache.databaseHits)} · source ${count(cache.misses)}</dd></div>
            ${cache.passes > 0 || cache.percent < 100 ? html`<div data-fact="passed-by"><dt>passed by</dt><dd>${rate(cache.passesPerSecond)} /s now, ${count(cache.passes)} in all: lookups of keys that are switched off, which the source answers</dd></div>` : nothing}
            <div><dt>stale hits</dt><dd>${count(cache.staleHits)}</dd></div>
            <div><dt>loads</dt><dd>${count(cache.loads)}, ${count(cache.loadFailures)} failed, ${nanos(cache.meanLoad)} on average</dd></div>
            <div><dt>stampede saved</dt><dd>${count(cache.waits)} lookups waited for another’s load</dd></div>
            <div><dt>fills</dt><dd>${count(cache.fills)}, ${count(cache.fillsRefused)} refused as something was invalidated meanwhile</dd></div>
            <div><dt>entries in L1</dt><dd>${count(cache.l1Size)} of ${count(cache.l1Maximum)} (${percent(cache.l1Size / cache.l1Maximum)}), ${count(cache.l1Evictions)} evicted</dd></div>
            <div><dt>not stored</dt><dd>${count(cache.tooLarge)} too large, ${count(cache.unreadable)} unreadable</dd></div>
            <div><dt>invalidations</dt><dd>${count(cache.invalidations)} asked for through it</dd></div>
          </dl>
          ${how('Counters of each node since it started, added. A lookup that waits for a load of another counts as a miss and as a wait.')}</section>
        <section class="panel"><h2>Policy <span class="unit">in effect</span></h2>
          ${names.some(differ) ? html`<p class="problem"><strong>Nodes differ.</strong> Settings marked ≠ are not the same on all nodes.</p>` : nothing}
          ${table({
            caption: 'Policy',
            rows: names,
            none: 'No settings are told.',
            columns: [
              { name: 'setting', cell: (name) => html`<span class="code">${name}</span>${differ(name) ? html` <strong class="alarm">≠ differs</strong>` : nothing}` },
              { name: 'value', cell: (name) => (differ(name) ? cache.nodes.map((node) => html`${short(node.id, 16)}: ${setting(node.policy[name])}<br>`) : setting(cache.nodes[0].policy[name])) },
            ],
          })}</section>
      </div>
      <div class="grid halves">
        <section class="panel"><h2>Act</h2>
          ${this.session.canAct
            ? html`<form class="filter" @submit=${(event) => this.turn(event)}>
                <label>Share of keys that are cached, %
                  <input type="number" min="0" max="100" required .value=${String(percent100)} @input=${(event) => (this.percent = event.target.value)}></label>
                <button type="submit">Set switch on all nodes…</button>
                ${switched(cache)}
              </form>
              ${order ? html`<p class="quiet" data-order>Switched to ${order.percent} % at ${time(order.atMillis)} by ${order.who}.</p>` : nothing}
              <p class="quiet">0 turns the cache off: every lookup goes to the source. It holds for nodes that start later too.</p>
              <p><button type="button" class="danger" @click=${() => this.invalidate()}>Invalidate the whole cache…</button></p>`
            : empty('You may look. Actions are off, or need another role.')}
          <p><a href="#/keys?cache=${encodeURIComponent(this.name)}">Keys of this cache</a></p></section>
        <section class="panel"><h2>Advice</h2>
          ${this.advice?.length ? html`<ul class="lines">${this.advice.map((each) => html`<li>${each.sentence}</li>`)}</ul><p><a href="#/advisor">Advisor</a></p>` : empty(this.whyNone ?? 'None for this cache.')}</section>
      </div>
      <section class="panel"><h2>Distributions <span class="unit">since the nodes started, all nodes</span></h2>
        <div class="spreads">${MEASURES.map(([measure, name, unit]) => spread(name, merged(this.distributions ?? [], measure), unit, unmeasured(measure, cache)))}</div>
        ${how(`A bar for each doubling of the value; quantiles are up to a quarter too high. Hits in L1 and ages are a sample of one in 256; ${UNTIMED} Many entries dropped with much life left ask for more room; a ttl far above the age of nearly all hits can be shorter.`)}</section>
      <section class="panel"><h2>Hot keys <span class="unit">${HOT_KEYS}</span></h2>
        ${table({
          caption: 'Hot keys of this cache',
          rows: hot,
          none: noHotKeys(cache.requests),
          columns: [
            { name: 'key', cell: ([key]) => keyLink(key) },
            { name: 'lookups, estimated', number: true, cell: ([, requests]) => count(requests) },
          ],
        })}${how(HOW_HOT)}</section>`;
  }
}
customElements.define('cache-page', CachePage);
