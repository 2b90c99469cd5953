import { html } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { count, nanos, percent, short, time } from './format.js';
import { cacheLink, how, keyLink, table } from './parts.js';

export class LoadsPage extends Page {
  static properties = { ...Page.properties, order: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.order = 'slowest';
    this.at = 0;
  }

  render() {
    const caches = store.caches.filter((cache) => cache.loads + cache.loadFailures > 0).sort((a, b) => b.loadNanos - a.loadNanos);
    const loads = store.events.filter((event) => event.kind === 'LOAD' || event.kind === 'LOAD_FAILED');
    const sites = new Map();
    for (const load of loads) {
      const site = load.text.split(': ')[0] || 'unknown';
      const sum = sites.get(site) ?? { site, number: 0, failed: 0, nanos: 0, most: 0, cache: load.cache };
      sum.number++;
      sum.failed += load.kind === 'LOAD_FAILED' ? 1 : 0;
      sum.nanos += load.nanos;
      sum.most = Math.max(sum.most, load.nanos);
      sites.set(site, sum);
    }
    const shown = { slowest: loads.slice().sort((a, b) => b.nanos - a.nanos), newest: loads.slice().reverse(),
      failed: loads.filter((load) => load.kind === 'LOAD_FAILED').reverse() }[this.order];
    return html`<h1>Loads</h1>
      <section class="panel"><h2>By cache <span class="unit">since the nodes started, most time first</span></h2>${table({
        caption: 'Loads by cache',
        rows: caches.slice(0, 200),
        none: 'Nothing was loaded yet.',
        columns: [
          { name: 'cache', cell: (row) => cacheLink(row.name) },
          { name: 'loads', number: true, cell: (row) => count(row.loads) },
          { name: 'failed', number: true, cell: (row) => (row.loadFailures ? html`<span class="alarm">✕ ${count(row.loadFailures)}</span>` : '0') },
          { name: 'mean', number: true, cell: (row) => nanos(row.meanLoad) },
          { name: 'time in all', number: true, cell: (row) => nanos(row.loadNanos) },
          { name: 'stampede saved', number: true, cell: (row) => count(row.waits) },
          { name: 'waiters per load', number: true, cell: (row) => (row.waits / (row.loads + row.loadFailures)).toFixed(2) },
        ],
      })}${how('Stampede saved: lookups that waited for a load of the same key that was under way, instead of asking the source themselves.')}</section>
      <section class="panel"><h2>By call site <span class="unit">of the last ${count(loads.length)} loads seen here</span></h2>${table({
        caption: 'Loads by call site',
        rows: [...sites.values()].sort((a, b) => b.nanos - a.nanos).slice(0, 50),
        none: 'No load was seen since this page was opened.',
        columns: [
          { name: 'site', cell: (row) => html`<span class="code">${row.site}</span>` },
          { name: 'loads', number: true, cell: (row) => count(row.number) },
          { name: 'failed', number: true, cell: (row) => `${count(row.failed)} (${percent(row.failed / row.number)})` },
          { name: 'mean', number: true, cell: (row) => nanos(row.nanos / row.number) },
          { name: 'slowest', number: true, cell: (row) => nanos(row.most) },
        ],
      })}</section>
      <section class="panel"><h2>Single loads <span class="unit">as seen here</span></h2>
        <form class="filter" @submit=${(event) => event.preventDefault()}><label>Show <select @change=${(event) => { this.order = event.target.value; this.at = 0; }}>
          ${['slowest', 'newest', 'failed'].map((name) => html`<option ?selected=${name === this.order}>${name}</option>`)}</select></label></form>
        ${table({
          caption: 'Single loads',
          rows: shown,
          page: this.at,
          onPage: (page) => (this.at = page),
          size: 50,
          none: 'None.',
          columns: [
            { name: 'key', cell: (load) => keyLink(load.subject, short(load.subject)) },
            { name: 'took', number: true, cell: (load) => nanos(load.nanos) },
            { name: 'keys', number: true, cell: (load) => count(load.count) },
            { name: 'outcome', cell: (load) => (load.kind === 'LOAD' ? 'loaded' : html`<span class="alarm">✕ failed</span>`) },
            { name: 'at', cell: (load) => time(load.atMillis) },
            { name: 'site', cell: (load) => html`<span class="code">${load.text}</span>` },
          ],
        })}</section>`;
  }
}
customElements.define('loads-page', LoadsPage);
