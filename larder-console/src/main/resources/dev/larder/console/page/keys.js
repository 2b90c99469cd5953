import { html } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { get } from './api.js';
import { plural } from './format.js';
import { cacheOptions, empty, keyLink, problem, table, tierName } from './parts.js';

export class KeysPage extends Page {
  static properties = { ...Page.properties, query: { attribute: false }, cache: { state: true }, found: { state: true }, isBusy: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.at = 0;
  }

  willUpdate() {
    this.cache ??= this.query?.cache ?? '';
  }

  firstUpdated() {
    if (this.query?.cache) this.search(this.query.cache, '');
  }

  submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.search(form.get('cache'), form.get('contains'));
  }

  async search(cache, contains) {
    this.isBusy = true;
    this.at = 0;
    this.found = await this.attempt(async () => (await get('keys', { cache, contains, limit: 1000 })).page);
    this.isBusy = false;
  }

  open(event) {
    event.preventDefault();
    const key = new FormData(event.target).get('key').trim();
    if (key) location.hash = `#/keys/${encodeURIComponent(key)}`;
  }

  render() {
    return html`<h1>Keys</h1>
      <section class="panel"><h2>Look for keys</h2>
        <form class="filter" @submit=${(event) => this.submit(event)}>
          <label>Cache <select name="cache" @input=${(event) => (this.cache = event.target.value)}><option value="">all</option>${cacheOptions(store.caches, this.cache)}</select></label>
          <label>Key contains <input type="search" name="contains" autocomplete="off" spellcheck="false"></label>
          <button type="submit" ?disabled=${this.isBusy}>Search</button>
        </form>
        <p class="quiet">A search is one pass over the keys of a store, in small steps. It shows at most 1,000.</p>
        ${problem(this.problem)}
        <div aria-live="polite">${this.isBusy ? empty('Searching…') : this.found
          ? html`<p>${plural(this.found.keys.length, 'key')}${this.found.hasMore ? ' and more' : ''} in ${tierName(this.found.tier)}</p>` : ''}</div>
        ${this.found && !this.isBusy ? table({
          caption: 'Keys found', rows: this.found.keys, page: this.at, onPage: (page) => (this.at = page), none: 'No key is like that.',
          columns: [{ name: 'key', cell: (key) => keyLink(key) }],
        }) : ''}</section>
      <section class="panel"><h2>Look at one key</h2>
        <form class="filter" @submit=${(event) => this.open(event)}>
          <label class="grow">Full key, such as app:album:v1:42 <input name="key" required autocomplete="off" spellcheck="false"></label>
          <button type="submit">Explain</button>
        </form></section>`;
  }
}
customElements.define('keys-page', KeysPage);
