import { html, nothing } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { post } from './api.js';
import { bytes, count, duration, millis, percent, time } from './format.js';
import { byCheck } from './freshness.js';
import { circuit, empty, keyLink, nodeState, problem, table, tierName } from './parts.js';

/** A node that has not spoken for this long is called late. */
const LATE = 5000;

function failureKinds(tier) {
  if (!tier.lastFailedAgo) return '';
  const kinds = [[tier.timeouts, 'timed out'], [tier.skipped, 'skipped'], [Math.max(0, tier.failures - tier.timeouts - tier.skipped), 'refused or cut off']].filter(([many]) => many).map(([many, words]) => `${count(many)} ${words}, `);
  return ` (${kinds.join('')}last ${millis(Math.round(duration(tier.lastFailedAgo)))} ago)`;
}

export class NodesPage extends Page {
  static properties = { ...Page.properties, found: { state: true }, isBusy: { state: true } };

  async verify(event) {
    event.preventDefault();
    const sample = Number(new FormData(event.target).get('sample'));
    this.isBusy = true;
    this.found = (await this.attempt(() => post('verify', { sample })))?.verification;
    this.isBusy = false;
  }

  render() {
    const overview = store.overview;
    if (!overview) return empty('Waiting for the first second…');
    const nodes = [...store.nodes.values()];
    const policies = new Set(nodes.map((node) => node.policies));
    const versions = new Set(nodes.map((node) => node.version));
    return html`<h1>Nodes <span class="unit">${count(nodes.length)}, keys begin with ${overview.keyPrefix}</span></h1>
      ${overview.isWhole ? nothing : html`<p class="problem"><strong>This node only.</strong> The store through which nodes speak does not answer.</p>`}
      ${policies.size > 1 ? html`<p class="problem"><strong>Configured apart.</strong> Nodes have ${policies.size} different sets of policies; see which under Caches.</p>` : nothing}
      ${versions.size > 1 ? html`<p class="problem"><strong>Versions differ.</strong> ${[...versions].join(', ')}</p>` : nothing}
      <div class="cards">${nodes.map((node) => {
        const behind = overview.atMillis - node.atMillis;
        return html`<section class="panel"><h2 class="code">${node.id}</h2>
          <p>${nodeState(node)} ${node.id === overview.node ? html`<span class="quiet">answers this page</span>` : nothing}</p>
          <dl class="facts">
            <div><dt>process</dt><dd>${node.process} on ${node.host}, Larder ${node.version || 'unknown'}</dd></div>
            <div><dt>up</dt><dd>${millis(Math.max(0, node.atMillis - node.startedMillis))}, since ${time(node.startedMillis)}</dd></div>
            <div><dt>spoke</dt><dd>${behind > LATE ? html`<span class="alarm">✕ ${millis(behind)} ago</span>` : behind < 0 ? `by a clock ${millis(-behind)} ahead` : `${millis(behind)} ago, clocks included`}</dd></div>
            <div><dt>heap</dt><dd>${bytes(node.heapUsed)} of ${bytes(node.heapMax)} <meter aria-label="Heap in use" min="0" max=${node.heapMax} high=${0.9 * node.heapMax} value=${node.heapUsed}></meter> ${percent(node.heapUsed / node.heapMax)}</dd></div>
            <div><dt>L1</dt><dd>${count([...node.caches.values()].reduce((sum, cache) => sum + cache.stats.l1Size, 0))} entries in ${count(node.caches.size)} caches</dd></div>
            <div><dt>policies</dt><dd class="code">${node.policies}</dd></div>
            <div><dt>stale found</dt><dd>${byCheck(node.freshness)}</dd></div>
          </dl>
          ${node.tiers.length ? html`<ul class="lines">${node.tiers.map((tier) => html`<li>${tierName(tier.tier)} (${tier.store}${tier.address ? `, ${tier.address}` : ''}) ${circuit(tier)} <span class="quiet">${tier.isConfirmed ? 'log proved' : 'log not proved, last'} ${millis(Math.round(duration(tier.confirmedAgo)))} ago, ${count(tier.failures)} of ${count(tier.calls)} calls failed${failureKinds(tier)}</span></li>`)}</ul>` : empty('No shared tier.')}</section>`;
      })}</div>
      <section class="panel"><h2>Verify freshness</h2>
        <form class="filter" @submit=${(event) => this.verify(event)}>
          <label>Copies to ask for again <input type="number" name="sample" min="1" max="100000" value="1000" required></label>
          <button type="submit" ?disabled=${this.isBusy}>Verify</button></form>
        <p class="quiet">Asks the tiers and every node again for a sample of recently invalidated and recently hit keys. It changes nothing.</p>
        ${problem(this.problem)}
        <div aria-live="polite">${this.isBusy ? 'Asking…' : this.found ? html`<p><strong>${this.found.stale === 0 ? '✓' : '✕'} ${count(this.found.stale)} stale</strong> of ${count(this.found.sampled)} copies of what the newest ${count(this.found.changes)} changes cover: entries in L1 of all nodes, and ${count(this.found.keys)} keys in shared tiers. ${this.found.unreachable ? html`<span class="alarm">${count(this.found.unreachable)} copies, tiers or nodes gave no answer.</span>` : 'All answered.'}
          Stale since the nodes started: ${byCheck(this.found.sinceStart)}.</p>` : ''}</div>
        ${this.found?.findings.length ? table({
          caption: 'Stale copies', rows: this.found.findings,
          columns: [{ name: 'key', cell: (row) => keyLink(row.slot) }, { name: 'where', cell: (row) => row.where }, { name: 'as of', cell: (row) => row.asOf },
            { name: 'ended', cell: (row) => row.ended }, { name: 'since', number: true, cell: (row) => millis(row.delayMillis) }],
        }) : nothing}</section>`;
  }
}
customElements.define('nodes-page', NodesPage);
