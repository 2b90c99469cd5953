import { html, nothing } from 'lit';
import { Page } from './page.js';
import { get } from './api.js';
import { count, nanos, percent } from './format.js';
import { cacheLink, empty, how, pill, problem, table } from './parts.js';

const EVERY = 3000;
/** Says that any age will do; without it a request that no browser cache may answer says no-cache. */
const ANY_AGE = 'max-age=31536000';
const SHOWN = ['Cache-Status', 'Age', 'ETag', 'Server-Timing'];

const sum = (counts) => Object.values(counts).reduce((all, each) => all + each, 0);
const asked = (route) => route.hits + route.collapsed + route.stored + route.standIns + sum(route.bypassed) + sum(route.notStored);

/** The pattern and, before it, the handler without its package. */
function parts(route) {
  const at = route.lastIndexOf(' ');
  const handler = route.slice(0, Math.max(at, 0)).replace(/\(.*$/, '').split('.').slice(-2).join('.');
  return { pattern: route.slice(at + 1), handler };
}

/** A count that opens to what it is made of. */
function detail(counts, name) {
  const entries = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  if (!entries.length) return '0';
  return html`<details><summary>${count(sum(counts))}<span class="unseen"> ${name}, by reason</span></summary>
    <ul class="lines reasons">${entries.map(([reason, number]) => html`<li>${count(number)} × ${reason}</li>`)}</ul></details>`;
}

/** A path of this same application; null if it is none. */
export function ownPath(text) {
  if (!/^\/(?![/\\])[^\\\s\u0000-\u001f]*$/.test(text)) return null;
  const url = new URL(text, location.origin);
  return url.origin === location.origin && url.username === '' ? url.pathname + url.search : null;
}

export class HttpPage extends Page {
  static properties = { ...Page.properties, report: { state: true }, tried: { state: true }, isBusy: { state: true }, wrong: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.at = 0;
    this.wrong = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    try {
      this.report = (await get('routes')).report;
      this.problem = '';
    } catch (problem) {
      this.problem = problem.message;
    }
    if (this.isConnected) this.timer = setTimeout(() => this.load(), EVERY);
  }

  async tryIt(event) {
    event.preventDefault();
    const path = ownPath(new FormData(event.target).get('path').trim());
    this.wrong = path ? '' : 'A path begins with one slash and has no blanks, such as /albums/7?page=2.';
    if (!path) {
      this.tried = undefined;
      return;
    }
    this.isBusy = true;
    const begun = performance.now();
    try {
      // Nobody's cookies go along, and a redirect is not followed to where it may lead.
      const response = await fetch(path, { method: 'GET', credentials: 'omit', cache: 'no-store', redirect: 'manual',
        referrerPolicy: 'no-referrer', headers: { 'Cache-Control': ANY_AGE } });
      const took = performance.now() - begun;
      this.tried = { path, took, status: response.type === 'opaqueredirect' ? 'a redirect' : `${response.status} ${response.statusText}`.trim(),
        headers: SHOWN.map((name) => [name, response.headers.get(name)]) };
      await response.body?.cancel();
    } catch (problem) {
      this.tried = undefined;
      this.wrong = `No answer: ${problem.message}`;
    }
    this.isBusy = false;
  }

  tryBox() {
    return html`<section class="panel"><h2>Try it <span class="unit">GET of this application, as nobody</span></h2>
      <form class="filter" @submit=${(event) => this.tryIt(event)}>
        <label class="grow">Path <input name="path" required maxlength="2000" placeholder="/albums/7" autocomplete="off" spellcheck="false"></label>
        <button type="submit" ?disabled=${this.isBusy}>Try</button></form>
      ${problem(this.wrong)}
      <div aria-live="polite">${this.tried ? html`<dl class="facts" data-tried>
        <div><dt>asked for</dt><dd class="code">${this.tried.path}</dd></div>
        <div><dt>status</dt><dd>${this.tried.status}</dd></div>
        <div><dt>took</dt><dd>${nanos(this.tried.took * 1e6)}, as this browser sees it</dd></div>
        ${this.tried.headers.map(([name, value]) => html`<div><dt>${name}</dt><dd class="code">${value ?? '–'}</dd></div>`)}</dl>` : nothing}</div>
      ${how('The browser asks, without cookies and without a log-in, so it sees what a visitor sees who is not logged in. It is a real request and counts as one.')}</section>`;
  }

  routes() {
    const rows = this.report.routes.slice().sort((a, b) => asked(b) - asked(a));
    return html`<section class="panel"><h2>Responses by route <span class="unit">since the nodes started, over ${count(this.report.nodes.length)} of them</span></h2>
      ${table({
        caption: 'Responses by route',
        rows,
        page: this.at,
        onPage: (page) => (this.at = page),
        none: 'No response was cached or asked for yet. Handlers with @CachedResponse or @CachedPage show here.',
        columns: [
          { name: 'route', cell: (row) => html`<span class="code">${parts(row.route).pattern}</span> <span class="quiet">${parts(row.route).handler}</span>
            ${Object.keys(row.unkeyed).length ? html`<details class="unkeyed"><summary>${pill('bad', `reads ${count(Object.keys(row.unkeyed).length)} not in the key`)}</summary>
              <ul class="lines reasons">${Object.entries(row.unkeyed).sort((a, b) => b[1] - a[1]).map(([input, number]) => html`<li>${input} <span class="quiet">in ${count(number)} runs</span></li>`)}</ul></details>` : nothing}` },
          { name: 'requests', number: true, cell: (row) => count(asked(row)) },
          { name: 'from the cache', number: true, cell: (row) => percent((row.hits + row.collapsed) / asked(row)) },
          { name: 'stale', number: true, cell: (row) => count(row.staleHits) },
          { name: 'stored', number: true, cell: (row) => count(row.stored) },
          { name: 'confirmed', number: true, cell: (row) => count(row.confirmed) },
          { name: '304 sent', number: true, cell: (row) => count(row.notModified) },
          { name: 'not stored', number: true, cell: (row) => detail(row.notStored, 'not stored') },
          { name: 'bypassed', number: true, cell: (row) => detail(row.bypassed, 'bypassed') },
          { name: 'variants', number: true, cell: (row) => (row.variants >= 1000 ? '1,000 or more' : row.variants ? `about ${count(row.variants)}` : '0') },
          { name: 'cache', cell: (row) => (row.cache ? cacheLink(row.cache) : '–') },
        ],
      })}
      ${how('A request counts once: answered from the cache (by a hit, or by the run of another request for the same), stored, not stored, or bypassed. Confirmed: the handler answered 304 to what was stored before. Variants: different sets of the headers in vary, an estimate, the greatest of any node. Inputs are named, never their values.')}</section>`;
  }

  requests() {
    const rows = this.report.requests.slice().sort((a, b) => b.requests - a.requests);
    if (!rows.length) {
      return html`<section class="panel"><h2>Caches by endpoint</h2>${empty('No request is counted: none came yet, or larder.web.request-figures=true is not set, which counts what each does with caches.')}</section>`;
    }
    return html`<section class="panel"><h2>Caches by endpoint <span class="unit">since the nodes started</span></h2>${table({
      caption: 'Caches by endpoint',
      rows,
      columns: [
        { name: 'endpoint', cell: (row) => html`<span class="code">${row.route}</span>` },
        { name: 'requests', number: true, cell: (row) => count(row.requests) },
        { name: 'lookups each', number: true, cell: (row) => ((row.l1Hits + row.l2Hits + row.databaseHits + row.misses) / row.requests).toFixed(1) },
        { name: 'hit ratio', number: true, cell: (row) => percent((row.l1Hits + row.l2Hits + row.databaseHits) / (row.l1Hits + row.l2Hits + row.databaseHits + row.misses)) },
        { name: 'L1 / L2 / DB / source', number: true, cell: (row) => [row.l1Hits, row.l2Hits, row.databaseHits, row.misses].map(count).join(' / ') },
        { name: 'looking, mean', number: true, cell: (row) => nanos(row.lookNanos / row.requests) },
        { name: 'loading, mean', number: true, cell: (row) => nanos(row.loadNanos / row.requests) },
        { name: 'request, mean', number: true, cell: (row) => nanos(row.requestNanos / row.requests) },
      ],
    })}${how('Looking: below L1, with waiting for the load of another; hits in L1 are not timed. Loading: the loads of the request, what they asked of other caches included, nothing twice.')}</section>`;
  }

  render() {
    return html`<h1>HTTP <span class="unit">responses and requests, over all nodes</span></h1>
      ${problem(this.problem)}
      ${this.report?.silent.length ? html`<p class="problem"><strong>Not all nodes answered.</strong> Missing: ${this.report.silent.join(', ')}</p>` : nothing}
      ${this.report ? html`${this.routes()}${this.requests()}` : html`<section class="panel">${empty('Asking the nodes…')}</section>`}
      ${this.tryBox()}`;
  }
}
customElements.define('http-page', HttpPage);
