import { html } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { count, nanos, rate, setting } from './format.js';
import { cacheLink, splitBar, switched, table } from './parts.js';
import { hitRate } from './overview.js';

/** Lookups from which a hit ratio says something of its cache. */
const LEAST_LOOKUPS = 100;

const isTooFew = (cache) => cache.requests < LEAST_LOOKUPS;

const ORDERS = {
  'reads/s': (a, b) => b.readsPerSecond + b.passesPerSecond - a.readsPerSecond - a.passesPerSecond,
  name: (a, b) => a.name.localeCompare(b.name),
  'hit ratio, worst first': (a, b) => isTooFew(a) - isTooFew(b)
    || (Number.isFinite(a.hitRate) ? a.hitRate : 2) - (Number.isFinite(b.hitRate) ? b.hitRate : 2),
  'slowest load': (a, b) => (b.meanLoad || 0) - (a.meanLoad || 0),
  'entries in L1': (a, b) => b.l1Size - a.l1Size,
};

export class CachesPage extends Page {
  static properties = { ...Page.properties, contains: { state: true }, order: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.contains = '';
    this.order = 'reads/s';
    this.at = 0;
  }

  render() {
    const rows = store.caches.filter((cache) => cache.name.includes(this.contains)).sort(ORDERS[this.order]);
    return html`<h1>Caches <span class="unit">${count(store.caches.length)}, over all nodes</span></h1>
      <form class="filter" @submit=${(event) => event.preventDefault()}>
        <label>Name contains <input type="search" .value=${this.contains} @input=${(event) => { this.contains = event.target.value; this.at = 0; }}></label>
        <label>Order by <select @change=${(event) => (this.order = event.target.value)}>${Object.keys(ORDERS).map((name) => html`<option ?selected=${name === this.order}>${name}</option>`)}</select></label>
      </form>
      <section class="panel">${table({
        caption: 'All caches',
        rows,
        page: this.at,
        onPage: (page) => (this.at = page),
        none: 'No cache has such a name.',
        columns: [
          { name: 'cache', cell: (row) => cacheLink(row.name) },
          { name: 'answered by, last 10 s', cell: (row) => splitBar(row.recent) },
          { name: 'hit ratio since start', number: true, cell: (row) => hitRate(row) },
          { name: 'reads/s', number: true, cell: (row) => rate(row.readsPerSecond) },
          { name: 'entries in L1', number: true, cell: (row) => count(row.l1Size) },
          { name: 'mean load', number: true, cell: (row) => nanos(row.meanLoad) },
          { name: 'ttl', cell: (row) => setting(row.policy.ttl) },
          { name: 'switch', cell: (row) => switched(row) },
        ],
      })}</section>`;
  }
}
customElements.define('caches-page', CachesPage);
