/** A form for a ttl and a size of L1, and what a replay of the sampled traffic says of them. */
import { html, nothing } from 'lit';
import { Page } from './page.js';
import { get } from './api.js';
import { bytes, count, millis, percent, plural } from './format.js';
import { empty, problem, table } from './parts.js';
import { yaml } from './configuration.js';

export class Simulator extends Page {
  static properties = { ...Page.properties, cache: {}, settings: { attribute: false }, found: { state: true }, asked: { state: true }, isBusy: { state: true } };

  async ask(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const wanted = { ttl: form.get('ttl').trim(), size: form.get('size').trim() };
    const parameters = Object.fromEntries(Object.entries(wanted).filter(([, text]) => text));
    this.isBusy = true;
    this.found = await this.attempt(async () => (await get('simulate', { cache: this.cache, ...parameters })).simulation);
    this.asked = Object.fromEntries([['ttl', wanted.ttl], ['l1-max-entries', wanted.size]].filter(([, text]) => text));
    this.isBusy = false;
  }

  copy(event) {
    const text = yaml(this.cache, this.asked);
    this.dispatchEvent(new CustomEvent('copy-text', { detail: { text, lines: event.target.closest('[data-simulation]').querySelector('pre') } }));
  }

  rows({ now, then }) {
    const row = (name, show) => ({ name, now: show(now), then: show(then) });
    return [
      row('ttl', (it) => millis(it.ttlMillis)),
      ...(now.l1MaxEntries ? [row('entries in L1, at most', (it) => count(it.l1MaxEntries))] : []),
      row('hit rate', (it) => percent(it.hitRate)),
      row('hit rate of L1', (it) => percent(it.l1HitRate)),
      row('entries kept', (it) => count(it.entries)),
      ...(now.bytes >= 0 ? [row('bytes kept', (it) => bytes(it.bytes))] : []),
    ];
  }

  answer() {
    const found = this.found;
    if (!found) return nothing;
    if (!found.sampledReads) return empty('No read of this cache has been sampled yet.');
    return html`<div data-simulation>
      ${table({
        caption: `Replay of ${this.cache}`, rows: this.rows(found),
        columns: [
          { name: 'setting or figure', cell: (row) => row.name },
          { name: 'now', number: true, cell: (row) => row.now },
          { name: 'then', number: true, cell: (row) => row.then },
        ],
      })}
      <p class="quiet">Of ${plural(found.sampledReads, 'sampled read')}, ${percent(found.sampledShare)} of keys, in ${millis(found.windowMillis)}, on ${plural(found.nodes, 'node')}.
        What holds now is measured; a replay of it comes to ${percent(found.replayedHitRate)}.
        ${found.then.ttlMillis > found.windowMillis ? html`<strong>The sample does not reach back as far as this ttl, so it can tell little of it.</strong>` : nothing}
        ${found.silent.length ? html`<strong>No answer from ${found.silent.join(', ')}.</strong>` : nothing}</p>
      <pre class="value" tabindex="0" aria-label="Configuration of what was replayed">${yaml(this.cache, this.asked)}</pre>
      <button type="button" @click=${(event) => this.copy(event)}>Copy what was replayed<span class="unseen"> for ${this.cache}</span></button></div>`;
  }

  render() {
    return html`<form class="filter" @submit=${(event) => this.ask(event)}>
        <label>ttl <input name="ttl" size="8" placeholder="5m" autocomplete="off" .value=${this.settings?.ttl ?? ''}></label>
        <label>entries in L1 <input name="size" size="10" inputmode="numeric" placeholder="as now" autocomplete="off" .value=${this.settings?.['l1-max-entries'] ?? ''}></label>
        <button type="submit" ?disabled=${this.isBusy}>Replay</button>
      </form>
      <div aria-live="polite">${problem(this.problem)}${this.isBusy ? empty('The nodes replay…') : this.answer()}</div>`;
  }
}
customElements.define('settings-simulator', Simulator);
