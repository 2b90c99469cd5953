import { html, nothing } from 'lit';
import { Page } from './page.js';
import { OF_NOTE, store } from './store.js';
import { get } from './api.js';
import { bytes, count, duration, millis, nanos, percent, plural, rate, setting, short, time } from './format.js';
import { HOT_KEYS, HOW_HOT, KINDS, TIERS, UNTIMED, cacheLink, circuitName, empty, how, isSilent, keyLink, noHotKeys, nodeState, passing, pill, splitBar, table, tierName } from './parts.js';
import { byCheck, checked } from './freshness.js';
import { quantile } from './spread.js';
import './area.js';

const WINDOW = 300;

/** One lookup in 256 is noted, so less than ten of them say little. */
const LEAST_ESTIMATED = 2560;

function tile(name, value, unit, period, detail, computed) {
  return html`<section class="tile" data-tile=${name}>
    <h2>${name}</h2><p class="figure">${value}${unit ? html` <span class="unit">${unit}</span>` : nothing}</p>
    <p class="quiet">${period}. ${detail}</p>${how(computed)}</section>`;
}

/** Time saved, net, in nanoseconds. */
function savedTime(saved) {
  return html`<span data-saved=${saved}>${saved === 0 ? 'too little measured for a time' : saved < 0 ? html`<strong class="alarm">callers lost ${nanos(-saved)}</strong>` : `callers were spared ${nanos(saved)}`}</span>`;
}

export class OverviewPage extends Page {
  static properties = { ...Page.properties, advice: { state: true }, warmUps: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => this.load(), 10_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    await this.attempt(async () => {
      this.warmUps = (await get('warm-ups')).warmUps;
      ({ advice: this.advice, caution: this.caution, whyNone: this.whyNone } = await get('advice'));
    });
  }

  verdict() {
    const { troubles, atMillis } = store.overview;
    if (!troubles.length) return html`<section class="panel verdict" data-verdict="good"><p><strong>✓ All is well.</strong> <span class="quiet">Tiers answer, nodes know all invalidations, nothing is switched down.</span></p></section>`;
    const effects = [...new Set(troubles.map((each) => each.effect).filter(Boolean))];
    return html`<section class="panel verdict" data-verdict="bad"><h2>What is wrong <span class="unit">now</span></h2>
      <ul class="lines">${troubles.map((each) => html`<li><strong class="alarm">✕</strong> ${each.what}${each.sinceMillis ? html`, <span class="quiet">since <time>${time(each.sinceMillis)}</time>, ${millis(Math.max(0, atMillis - each.sinceMillis))}</span>` : nothing}</li>`)}</ul>
      ${effects.length ? html`<h3>What it means for answers</h3><ul class="lines">${effects.map((effect) => html`<li>${effect}</li>`)}</ul>` : nothing}</section>`;
  }

  concerns() {
    const { concerns } = store.overview;
    if (!concerns.length) return nothing;
    return html`<section class="panel" data-concerns><h2>Worth a look <span class="unit">since the nodes started, by the time that loads took</span></h2>
      <ul class="lines">${concerns.slice(0, 6).map((each) => html`<li>${each.cache ? cacheLink(each.cache) : nothing} ${each.what}${each.atMillis ? html` at <time>${time(each.atMillis)}</time>` : nothing}</li>`)}</ul>
      ${concerns.length > 6 ? html`<p class="quiet">and ${count(concerns.length - 6)} more: see <a href="#/caches">Caches</a></p>` : nothing}</section>`;
  }

  tiles() {
    const caches = store.caches;
    const samples = store.samples.slice(-WINDOW);
    const sum = (field) => samples.reduce((total, sample) => total + sample[field], 0);
    const parts = Object.fromEntries(TIERS.map((tier) => [tier.field, sum(tier.field)]));
    const reads = TIERS.reduce((total, tier) => total + parts[tier.field], 0);
    const hits = reads - parts.source;
    const now = samples[samples.length - 1];
    const rateNow = now ? TIERS.reduce((total, tier) => total + now[tier.field], 0) : NaN;
    const total = (field) => caches.reduce((all, cache) => all + (cache[field] || 0), 0);
    const saved = total('savedNanos');
    const p99 = (measure) => (store.times ? quantile(store.times[measure], 0.99) : NaN);
    const nodes = [...store.nodes.values()];
    const freshness = nodes.flatMap((node) => node.freshness);
    const { sampled, stale } = checked(freshness);
    const period = `Last ${millis(Math.max(1, samples.length) * 1000)}`;
    return html`<div class="tiles">
      ${tile('Hit ratio', percent(hits / reads), '', period, `${count(hits)} of ${count(reads)} lookups`,
        'Lookups that any tier answered, of all lookups of all nodes. Each caller that waits for a load counts as a miss.')}
      ${tile('Reads', rate(rateNow), '/s', reads ? `This second; shares of the ${period.toLowerCase()}` : 'This second', reads ? TIERS.map((tier) => `${tier.short} ${percent(parts[tier.field] / reads)}`).join(' · ') : 'nothing was read yet',
        'Lookups per second over all nodes; the shares are of the last five minutes, or of as much as was seen of them.')}
      ${tile('Source spared', count(total('hits')), 'keys', 'Since the nodes started', savedTime(saved),
        'Every hit is a key that the source was not asked for then; a load in bulk asks for many keys at once, so they are not that many loads. The time is what callers were spared by hits, less what lookups and misses cost them beside loads; negative where that is more. It goes by how long the values that hits found had taken to load, by a sample, else by the mean load so far; a lookup of many keys counts as one load. It is the SAVED of larder stats, and what Advisor goes by; a cache counts from 100 lookups on a node.')}
      ${tile('p99 hit', Number.isFinite(p99('hits')) ? nanos(p99('hits')) : '–', '', store.times ? `Last ${millis(store.times.millis)}` : 'Not measured yet',
        `L1 ${nanos(p99('L1_HIT'))} · below ${nanos(p99('TIER_HIT'))} · load ${nanos(p99('LOAD'))}`,
        `A time that 99 % of the hits that were timed did not exceed, at most a quarter too high, over all nodes, since this page was opened and for at most five minutes. Hits in L1 are timed one in 256 and weigh as much; ${UNTIMED}`)}
      ${tile('Stale served', percent(sum('stale') / hits), 'of hits', period, `${count(sum('stale'))} answers past their ttl, as the policy allows`,
        'Hits past their ttl that staleFor or staleIfError allow, of all hits. None of them had been invalidated.')}
      ${tile('Incoherence found', count(stale), 'copies', `Of ${count(sampled)} sampled since the start`, stale ? html`<strong class="alarm">${byCheck(freshness)}. Look at Nodes and run verify.</strong>` : byCheck(freshness),
        'After invalidations tiers and nodes are asked again, and where it is turned on some hits are compared with the source. Counted are copies that were stale; it must be 0.')}
    </div>`;
  }

  links() {
    const nodes = [...store.nodes.values()];
    const on = (some) => (nodes.length > 1 ? ` on ${some} of ${nodes.length}` : '');
    const kinds = new Map();
    for (const node of nodes) {
      for (const tier of node.tiers) kinds.set(tier.tier, [...(kinds.get(tier.tier) ?? []), tier]);
    }
    const rows = [];
    for (const [kind, tiers] of kinds) {
      const sum = (field) => tiers.reduce((total, tier) => total + tier[field], 0);
      const bad = tiers.filter((tier) => tier.isDegraded || tier.circuit === 'open' || isSilent(tier));
      const half = tiers.filter((tier) => tier.circuit === 'half-open' && !isSilent(tier));
      const unsure = tiers.filter((tier) => !tier.isConfirmed);
      const ago = Math.max(...tiers.map((tier) => duration(tier.confirmedAgo)));
      rows.push({
        name: `${tierName(kind)} data`,
        state: bad.length ? pill('bad', `${circuitName(bad[0])}${on(bad.length)}`, 'The tier is skipped, or does not answer')
          : half.length ? pill('warn', `half-open${on(half.length)}`, 'A few calls are tried') : pill('good', 'ok', 'The circuit is closed: calls go through'),
        errors: sum('calls') ? percent(sum('failures') / sum('calls')) : '–',
        note: `${count(sum('failures'))} of ${count(sum('calls'))} calls failed since the start`,
      });
      rows.push({
        name: `${tierName(kind)} log`,
        state: unsure.length ? pill('warn', `not proved${on(unsure.length)}`, 'L1 answers only within each cache’s max-staleness') : pill('good', 'proved'),
        errors: '–',
        note: Number.isFinite(ago) ? `${unsure.length ? 'last proved ' : ''}${millis(Math.round(ago))} ago` : '',
      });
    }
    const waiting = nodes.reduce((total, node) => total + node.waiting, 0);
    rows.push({ name: 'recovery queue', state: waiting ? pill('bad', 'waiting') : pill('good', 'empty'), errors: '–', note: plural(waiting, 'invalidation') });
    return table({
      caption: 'Circuits and links',
      rows,
      columns: [
        { name: 'link', cell: (row) => row.name },
        { name: 'state', cell: (row) => row.state },
        { name: 'errors', number: true, cell: (row) => row.errors },
        { name: 'now', cell: (row) => row.note },
      ],
    });
  }

  hotKeys() {
    const keys = store.caches.flatMap((cache) => [...cache.keys].map(([key, requests]) => ({ key, requests, all: cache.requests })));
    keys.sort((a, b) => b.requests - a.requests);
    return table({
      caption: 'Hot keys',
      rows: keys.slice(0, 8),
      none: noHotKeys(store.caches.reduce((total, cache) => total + cache.requests, 0)),
      columns: [
        { name: 'key', cell: (row) => keyLink(row.key, short(row.key, 44)) },
        { name: 'reads, estimated', number: true, cell: (row) => count(row.requests) },
        { name: 'share', number: true, cell: (row) => (row.requests >= LEAST_ESTIMATED && row.all ? percent(Math.min(1, row.requests / row.all)) : '–') },
      ],
    });
  }

  render() {
    if (!store.overview) return empty(store.trouble || 'Waiting for the first second…');
    const latest = store.events.filter((event) => event.kind === 'INVALIDATION').slice(-8).reverse();
    return html`<h1 class="unseen">Overview</h1>
      ${this.verdict()}${this.concerns()}
      ${this.tiles()}
      <div class="grid wide-left">
        <section class="panel"><reads-chart></reads-chart></section>
        <section class="panel"><h2>Circuits and links <span class="unit">now</span></h2>${this.links()}
          ${how('As each node sees it. Errors are calls that failed, timed out or were skipped, of all calls since the nodes started. A tier is skipped while its circuit is open; lookups go past a tier that is known to be out without a call, so they are not among them. A log is proved when its tail was heard within a second; the age is that of the node that is furthest behind.')}</section>
      </div>
      <div class="grid wide-left">
        <section class="panel"><h2>Caches <span class="unit">all nodes</span></h2>
          ${table({
            caption: 'Caches',
            rows: store.caches.slice(0, 10),
            none: 'There is no cache yet.',
            columns: [
              { name: 'cache', cell: (row) => cacheLink(row.name) },
              { name: 'answered by, last 10 s', cell: (row) => splitBar(row.recent) },
              { name: 'hit ratio since start', number: true, cell: (row) => hitRate(row) },
              { name: 'reads/s', number: true, cell: (row) => html`${rate(row.readsPerSecond)}${passing(row)}` },
              { name: 'entries in L1', number: true, cell: (row) => count(row.l1Size) },
              { name: 'ttl', cell: (row) => setting(row.policy.ttl) },
            ],
          })}
          ${store.caches.length > 10 ? html`<p><a href="#/caches">All ${count(store.caches.length)} caches</a></p>` : nothing}</section>
        <section class="panel"><h2>Hot keys <span class="unit">${HOT_KEYS}</span></h2>${this.hotKeys()}${how(HOW_HOT)}</section>
      </div>
      <div class="grid thirds">
        <section class="panel"><h2>Invalidations <span class="unit">live</span></h2>
          ${latest.length
            ? html`<ul class="lines">${latest.map((event) => html`<li><time>${time(event.atMillis)}</time> <span class="code">${short(event.subject, 44)}</span> <span class="quiet">${event.text}</span></li>`)}</ul>`
            : empty('Nothing was invalidated lately.')}
          <p><a href="#/invalidations">All invalidations</a></p></section>
        <section class="panel"><h2>Warm-ups <span class="unit">last run of each</span></h2>
          ${this.warmUps?.length
            ? this.warmUps.slice(0, 3).map((run) => html`<div class="run"><strong>${run.name}</strong> ${run.state.toLowerCase()}
                ${run.total > 0 ? html`<progress aria-label="Progress of ${run.name}" max=${run.total} value=${run.done + run.failed}></progress>
                <span class="quiet">${count(run.done)} of ${count(run.total)} · ${rate(run.perSecond)} /s · ${count(run.failed)} failed</span>` : nothing}</div>`)
            : empty('No warm-up is declared.')}
          <p><a href="#/warming">Warming</a></p></section>
        <section class="panel"><h2>Advice <span class="unit">most useful first</span></h2>
          ${this.advice?.length
            ? html`${this.caution ? html`<p class="quiet">Wait: ${this.caution}.</p>` : nothing}<ul class="lines">${this.advice.slice(0, 3).map((each) => html`<li>${each.sentence}</li>`)}</ul>`
            : empty(this.whyNone ?? 'Nothing to advise yet.')}
          <p><a href="#/advisor">Advisor</a></p></section>
      </div>
      <section class="panel"><h2>Nodes <span class="unit">${store.overview.isWhole ? 'all that speak' : 'this one only: the others cannot be asked'}</span></h2>
        <ul class="wall">${[...store.nodes.values()].map((node) => html`<li>${nodeState(node)} <span class="code">${short(node.id, 24)}</span> <span class="quiet">heap ${bytes(node.heapUsed)} of ${bytes(node.heapMax)}</span></li>`)}</ul></section>
      ${this.notes()}`;
  }

  notes() {
    const notes = store.events.filter((event) => OF_NOTE.includes(event.kind)).slice(-12).reverse();
    return html`<section class="panel"><h2>What happened <span class="unit">circuits, links, switches, warm-ups, actions</span></h2>
      ${notes.length
        ? html`<ul class="lines">${notes.map((event) => html`<li><time>${time(event.atMillis)}</time> <strong>${KINDS[event.kind]}</strong> <span class="code">${event.subject}</span> ${event.text}</li>`)}</ul>`
        : empty('Nothing of note since this node started, as far as it remembers.')}
      <p><a href="#/invalidations?kind=all">All events</a></p></section>`;
  }
}

export function hitRate(cache) {
  if (!Number.isFinite(cache.hitRate)) return '–';
  const low = cache.requests >= 100 && cache.hitRate < 0.5;
  return low ? html`<span class="alarm"><span aria-hidden="true">▼</span> ${percent(cache.hitRate)} <span class="unseen">low</span></span>` : percent(cache.hitRate);
}
customElements.define('overview-page', OverviewPage);
