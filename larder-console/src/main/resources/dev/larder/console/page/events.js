import { html, nothing } from 'lit';
import { Page } from './page.js';
import { KEPT, store } from './store.js';
import { count, nanos, plural, short, time, timeOfDay } from './format.js';
import { KINDS, pill, table } from './parts.js';

/** Keys and tags in one second from which an invalidation counts as a storm. */
const STORM = 100;

const TIME_OF_DAY = /^\d\d:\d\d(:\d\d)?$/;

/** Whether an event is of what was typed: a time of day is that of the event, from its beginning, and no part of another. */
function matcher(typed) {
  if (TIME_OF_DAY.test(typed.trim())) return (event) => timeOfDay(event.atMillis).startsWith(typed.trim());
  const wanted = typed.toLowerCase();
  return (event) => `${time(event.atMillis)} ${event.cache} ${event.subject} ${event.text} ${event.node}`.toLowerCase().includes(wanted);
}

export class InvalidationsPage extends Page {
  static properties = { ...Page.properties, query: { attribute: false }, contains: { state: true }, kind: { state: true }, isHeld: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.contains = '';
    this.kind = 'INVALIDATION';
    this.at = 0;
  }

  willUpdate(changed) {
    if (changed.has('query') && this.query?.kind) this.kind = this.query.kind;
  }

  /** Of traffic this page keeps less than of what is seldom: silence would look like calm. */
  shownSince() {
    const first = store.events.find((event) => !KEPT.includes(event.kind));
    return first ? html`<p class="quiet">Invalidations, loads and misses are shown here since ${time(first.atMillis)}; <code>larder tail --since</code> has what the node keeps.</p>` : nothing;
  }

  hold() {
    this.isHeld = !this.isHeld;
    this.held = this.isHeld ? store.events.slice() : undefined;
  }

  render() {
    const kinds = ['INVALIDATION', 'all', ...Object.keys(KINDS).filter((kind) => kind !== 'INVALIDATION')];
    const found = (this.held ?? store.events).filter(matcher(this.contains));
    const events = found.filter((event) => this.kind === 'all' || event.kind === this.kind).reverse();
    const others = found.length - events.length;
    const perSecond = new Map();
    for (const event of events) {
      if (event.kind !== 'INVALIDATION') continue;
      const second = Math.floor(event.atMillis / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + event.count);
    }
    const isStorm = (event) => event.kind === 'INVALIDATION' && (event.count >= STORM || perSecond.get(Math.floor(event.atMillis / 1000)) >= STORM);
    const storms = [...perSecond].filter(([, number]) => number >= STORM);
    return html`<h1>Invalidations <span class="unit">and other events, live, all nodes, newest first</span></h1>
      <form class="filter" @submit=${(event) => event.preventDefault()}>
        <label>Contains <input type="search" placeholder="14:02, a key, a node" .value=${this.contains} @input=${(event) => { this.contains = event.target.value; this.at = 0; }}></label>
        <label>What <select @change=${(event) => { this.kind = event.target.value; this.at = 0; }}>${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${KINDS[kind] ?? kind}</option>`)}</select></label>
        <button type="button" aria-pressed=${Boolean(this.isHeld)} @click=${() => this.hold()}>${this.isHeld ? 'Go on' : 'Hold'}</button>
      </form>
      ${storms.length ? html`<p class="problem"><strong>Storm.</strong> ${storms.slice(0, 3).map(([second, number]) => `${time(second * 1000)}: ${count(number)} targets in one second. `)}
        Where one write ends this much, a tag for the group may do it with one record.</p>` : nothing}
      ${store.skipped ? html`<p class="quiet">${count(store.skipped)} events came faster than they can be shown and were left out.</p>` : nothing}
      ${this.shownSince()}
      ${others ? html`<p class="quiet">${plural(others, 'event')} of other kinds ${this.contains ? 'match too' : ''} <button type="button" @click=${() => { this.kind = 'all'; this.at = 0; }}>Show all kinds</button></p>` : nothing}
      <section class="panel">${table({
        caption: 'Events',
        rows: events,
        page: this.at,
        onPage: (page) => (this.at = page),
        size: 50,
        none: 'Nothing like that is shown here; larder tail --since has what the node keeps.',
        columns: [
          { name: 'at', cell: (event) => html`<time>${time(event.atMillis)}</time>` },
          { name: 'what', cell: (event) => html`${KINDS[event.kind] ?? event.kind} ${isStorm(event) ? pill('warn', 'storm', `${STORM} targets or more within a second`) : nothing}` },
          { name: 'covers', cell: (event) => html`<span class="code">${event.subject}</span>` },
          { name: 'cause', cell: (event) => event.text },
          // Of other kinds the count is of something else: keys of a load, loads of a minute, the share of a switch.
          { name: 'targets', number: true, cell: (event) => (event.kind === 'INVALIDATION' ? count(event.count) : nothing) },
          { name: 'from', cell: (event) => html`<span class="code">${short(event.node, 16)}</span>` },
          { name: 'lag or time', number: true, cell: (event) => (event.nanos ? nanos(event.nanos) : '–') },
        ],
      })}</section>`;
  }
}
customElements.define('invalidations-page', InvalidationsPage);
