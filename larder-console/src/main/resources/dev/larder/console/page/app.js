/** The frame: who is here, which page, light or dark. */
import { html, nothing } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { post, session } from './api.js';
import { circuitName, empty, isSilent, pill, problem, tierName } from './parts.js';
import { count, plural } from './format.js';
import './overview.js';
import './caches.js';
import './cache.js';
import './keys.js';
import './inspector.js';
import './loads.js';
import './events.js';
import './warming.js';
import './advisor.js';
import './nodes.js';
import './http.js';
import './sessions.js';

const PAGES = [['overview', 'Overview'], ['caches', 'Caches'], ['keys', 'Keys'], ['loads', 'Loads'], ['invalidations', 'Invalidations'],
  ['warming', 'Warming'], ['advisor', 'Advisor'], ['nodes', 'Nodes'],
  ['http', 'HTTP'], ['sessions', 'Sessions']];
const THEMES = { auto: 'light', light: 'dark', dark: 'auto' };

class Console extends Page {
  static properties = { ...Page.properties, session: { state: true }, route: { state: true }, isAsked: { state: true }, theme: { state: true } };

  constructor() {
    super();
    this.theme = localStorage.getItem('larder-theme') ?? 'auto';
    this.read();
    this.setTheme(this.theme);
    addEventListener('hashchange', () => this.go());
    store.addEventListener('refused', () => this.enter());
    this.enter();
  }

  connectedCallback() {
    // What stands here while modules load is not Lit's.
    this.replaceChildren();
    super.connectedCallback();
  }

  async enter() {
    try {
      const before = this.session;
      this.session = await session();
      this.isAsked = false;
      if (!before) store.open();
    } catch (problem) {
      if (problem.status === 401 || problem.status === 403) {
        store.close();
        this.session = undefined;
        this.isAsked = true;
        this.why = problem.message;
        this.logInBy = problem.logIn;
      } else if (!this.session) {
        this.problem = problem.message;
        setTimeout(() => this.enter(), 2000);
      }
      this.requestUpdate();
    }
  }

  async logIn(event) {
    event.preventDefault();
    const token = new FormData(event.target).get('token');
    if (await this.attempt(() => post('log-in', { token }))) await this.enter();
  }

  async logOut() {
    await this.attempt(() => post('log-out', {}));
    location.reload();
  }

  read() {
    const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
    const [page, ...rest] = path.split('/');
    let name = rest.join('/');
    try {
      name = decodeURIComponent(name);
    } catch {
      // Taken as it stands.
    }
    const known = PAGES.find(([each]) => each === (page || 'overview'));
    this.route = { page: known ? known[0] : 'unknown', name, query: Object.fromEntries(new URLSearchParams(query)) };
    document.title = `${known ? known[1] : 'No such page'} · Larder`;
  }

  async go() {
    if (location.hash === '#main') return;
    this.read();
    await this.updateComplete;
    const main = this.querySelector('main');
    main?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  setTheme(theme) {
    this.theme = theme;
    localStorage.setItem('larder-theme', theme);
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new Event('larder-theme'));
  }

  skip(event) {
    event.preventDefault();
    this.querySelector('main').focus();
  }

  state() {
    const nodes = [...store.nodes.values()];
    const tiers = new Map();
    for (const node of nodes) {
      for (const tier of node.tiers) {
        const sum = tiers.get(tier.tier) ?? { tier: tier.tier, all: 0, bad: 0, half: 0, word: '' };
        sum.all++;
        if (tier.circuit === 'half-open' && !isSilent(tier)) sum.half++;
        else if (tier.isDegraded || tier.circuit !== 'closed') {
          sum.bad++;
          sum.word = circuitName(tier);
        }
        tiers.set(tier.tier, sum);
      }
    }
    const unsure = nodes.filter((node) => node.state !== 'IN_SYNC').length;
    const switched = store.caches.filter((cache) => cache.percent < 100);
    return html`<div class="state" role="status" aria-label="Health">
      ${store.isLive ? pill('good', 'live') : pill('bad', 'not live')}
      ${nodes.length ? html`${unsure ? pill('warn', `${count(unsure)} of ${plural(nodes.length, 'node')} unsure`, 'Does not know all invalidations, or has some that wait for a log') : pill('good', plural(nodes.length, 'node'))}
        ${[...tiers.values()].map((tier) => html`<span data-tier=${tier.tier}>${tier.bad
          ? pill('bad', `${tierName(tier.tier)} ${tier.word}${tier.all > 1 ? ` on ${tier.bad} of ${tier.all}` : ''}`)
          : tier.half ? pill('warn', `${tierName(tier.tier)} half-open`) : pill('good', `${tierName(tier.tier)} ok`)}</span>`)}` : nothing}
      ${switched.length ? html`<span data-switched>${pill('warn', switched.length === 1 ? `${switched[0].name} at ${switched[0].percent} %` : `${plural(switched.length, 'cache')} switched down`)}</span>` : nothing}
    </div>`;
  }

  page() {
    const { page, name, query } = this.route;
    switch (page) {
      case 'caches': return name ? html`<cache-page .name=${name} .session=${this.session}></cache-page>` : html`<caches-page></caches-page>`;
      case 'keys': return name ? html`<inspector-page .slot=${name} .session=${this.session}></inspector-page>` : html`<keys-page .query=${query}></keys-page>`;
      case 'loads': return html`<loads-page></loads-page>`;
      case 'invalidations': return html`<invalidations-page .query=${query}></invalidations-page>`;
      case 'warming': return html`<warming-page .session=${this.session}></warming-page>`;
      case 'advisor': return html`<advisor-page .session=${this.session}></advisor-page>`;
      case 'nodes': return html`<nodes-page></nodes-page>`;
      case 'http': return html`<http-page></http-page>`;
      case 'sessions': return html`<sessions-page></sessions-page>`;
      case 'unknown': return html`<h1>No such page</h1><p>There is no page <span class="code">${location.hash}</span>. <a href="#/overview">To the overview</a></p>`;
      default: return html`<overview-page></overview-page>`;
    }
  }

  render() {
    if (this.isAsked && this.logInBy === 'application') {
      return html`<main class="log-in" id="main" tabindex="-1"><h1>Larder</h1><section class="panel"><h2>Log in</h2><p>${this.why}.</p>
        <p class="buttons"><button type="button" @click=${() => this.enter()}>Try again</button></p></section></main>`;
    }
    if (this.isAsked) {
      return html`<main class="log-in" id="main" tabindex="-1"><h1>Larder</h1><section class="panel">
        <form @submit=${(event) => this.logIn(event)}><h2>Log in</h2><p class="quiet">${this.why}</p>
          <label>Token <input type="password" name="token" required autocomplete="current-password"></label>
          ${problem(this.problem)}<p class="buttons"><button type="submit">Log in</button></p></form></section></main>`;
    }
    if (!this.session) return html`<main id="main" tabindex="-1">${problem(this.problem)}${this.problem ? nothing : empty('Loading…')}</main>`;
    return html`<a class="skip" href="#main" @click=${(event) => this.skip(event)}>To the content</a>
      <header>
        <a class="brand" href="#/overview">Larder</a>
        ${this.state()}
        <div class="tools">
          <button type="button" @click=${() => this.setTheme(THEMES[this.theme])} aria-label="Colours: ${this.theme}. Change to ${THEMES[this.theme]}">◐ ${this.theme}</button>
          <button type="button" @click=${() => this.logOut()}>Log out</button>
        </div>
        <nav aria-label="Pages"><ul>${PAGES.map(([page, name]) => html`<li><a href="#/${page}" aria-current=${page === this.route.page ? 'page' : nothing}>${name}</a></li>`)}</ul></nav>
      </header>
      ${store.trouble ? html`<p class="problem banner" role="alert">${store.trouble}</p>` : nothing}
      <main id="main" tabindex="-1">${this.page()}</main>
      <footer class="quiet">${this.session.user} · ${this.session.canAct ? 'may act' : 'may look'} · ${this.session.canSeeValues ? 'sees values' : 'values are hidden'}</footer>`;
  }
}
customElements.define('larder-console', Console);
