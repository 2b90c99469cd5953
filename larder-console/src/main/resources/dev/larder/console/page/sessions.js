import { html, nothing } from 'lit';
import { Page } from './page.js';
import { get } from './api.js';
import { count } from './format.js';
import { empty, how, pill, problem, table } from './parts.js';

const EVERY = 5000;
const MOST = 100000;

const SUMS = ['created', 'deleted', 'expired', 'idChanges', 'refused', 'fromCache', 'fromStore', 'absent', 'failures', 'outages', 'waitingDeletions'];

export class SessionsPage extends Page {
  static properties = { ...Page.properties, report: { state: true } };

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
      this.report = (await get('sessions')).report;
      this.problem = '';
    } catch (problem) {
      this.problem = problem.message;
    }
    if (this.isConnected) this.timer = setTimeout(() => this.load(), EVERY);
  }

  /** The stores, each with what all nodes did with it. */
  stores() {
    const stores = new Map();
    for (const node of this.report.nodes) {
      for (const stats of node.sessions) {
        const store = stores.get(stats.where) ?? { where: stats.where, living: -1, skipping: 0, nodes: [], ...Object.fromEntries(SUMS.map((field) => [field, 0])) };
        for (const field of SUMS) store[field] += stats[field];
        store.living = Math.max(store.living, stats.living);
        store.skipping += stats.isSkipping ? 1 : 0;
        store.nodes.push({ node: node.node, ...stats });
        stores.set(stats.where, store);
      }
    }
    return [...stores.values()];
  }

  store(store) {
    const living = store.living < 0 ? '–' : store.living >= MOST ? `${count(MOST)} or more` : count(store.living);
    return html`<section class="panel" data-sessions>
      <h2>Where they lie</h2>
      <p>Sessions lie ${store.where}. ${store.skipping ? pill('warn', `cache skipped on ${count(store.skipping)} of ${count(store.nodes.length)}`) : pill('good', 'answers')}</p>
      <dl class="facts">
        <div><dt>living</dt><dd data-living>${living}${store.living < 0 ? html` <span class="quiet">this store can't count them cheaply</span>` : ''}</dd></div>
        <div><dt>created</dt><dd>${count(store.created)}</dd></div>
        <div><dt>ended by log-out</dt><dd>${count(store.deleted)}${store.waitingDeletions ? html` <span class="alarm">✕ ${count(store.waitingDeletions)} wait for the store</span>` : ''}</dd></div>
        <div><dt>expired</dt><dd>${count(store.expired)} <span class="quiet">removed by these nodes; stores that drop them by themselves tell of none</span></dd></div>
        <div><dt>ids changed</dt><dd>${count(store.idChanges)} <span class="quiet">as at a log-in</span></dd></div>
        <div><dt>late changes refused</dt><dd>${count(store.refused)} <span class="quiet">of sessions that had been ended meanwhile</span></dd></div>
        <div><dt>reads</dt><dd>${count(store.fromCache)} by the cache before the store, ${count(store.fromStore)} by the store, ${count(store.absent)} of ids that nobody has</dd></div>
        <div><dt>outages survived</dt><dd>${count(store.outages)} <span class="quiet">times that the cache was skipped while the store went on</span></dd></div>
        <div><dt>failed</dt><dd>${store.failures ? html`<span class="alarm">✕ ${count(store.failures)}</span>` : '0'} <span class="quiet">reads and changes that the store did not answer</span></dd></div>
      </dl>
      ${table({
        caption: 'By node',
        rows: store.nodes,
        columns: [
          { name: 'node', cell: (row) => html`<span class="code">${row.node}</span>` },
          { name: 'created', number: true, cell: (row) => count(row.created) },
          { name: 'ended', number: true, cell: (row) => count(row.deleted) },
          { name: 'expired', number: true, cell: (row) => count(row.expired) },
          { name: 'ids changed', number: true, cell: (row) => count(row.idChanges) },
          { name: 'read from cache', number: true, cell: (row) => count(row.fromCache) },
          { name: 'read from store', number: true, cell: (row) => count(row.fromStore) },
          { name: 'failed', number: true, cell: (row) => count(row.failures) },
        ],
      })}
      ${how('Counted by each node since it started; living is asked of the store, at most once in five seconds, up to 100,000. Ids, digests of ids and names of users are not shown, here or in the API, whoever looks: which sessions there are is not listed.')}</section>`;
  }

  render() {
    const stores = this.report ? this.stores() : [];
    return html`<h1>Sessions <span class="unit">over all nodes</span></h1>
      ${problem(this.problem)}
      ${this.report?.silent.length ? html`<p class="problem"><strong>Not all nodes answered.</strong> Missing: ${this.report.silent.join(', ')}</p>` : nothing}
      ${this.report ? nothing : html`<section class="panel">${empty('Asking the nodes…')}</section>`}
      ${this.report && !stores.length ? html`<section class="panel">${empty('No sessions are kept in Larder. They are with spring-session-core on the class path.')}</section>` : nothing}
      ${stores.map((store) => this.store(store))}
      <section class="panel"><h2>Clears do not touch them</h2><p>Sessions have a key prefix, a log and a store of their own: clearing caches, all of them, or a lost log of the caches logs nobody out. That is why nothing on these pages ends a session.</p></section>`;
  }
}
customElements.define('sessions-page', SessionsPage);
