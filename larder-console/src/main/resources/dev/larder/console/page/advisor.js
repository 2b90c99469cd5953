import { html, nothing } from 'lit';
import { Page } from './page.js';
import { get } from './api.js';
import { count } from './format.js';
import { cacheLink, empty, problem } from './parts.js';

const KINDS = {
  TTL: 'another ttl', SIZE: 'another size of L1', NEVER_READ: 'never read', READ_ONCE: 'read once', TOO_BIG: 'large values',
  COSTS_MORE: 'costs more than it saves', NO_TAGS: 'only time ends it', CHANGES_FASTER: 'source changes faster',
};

/** Advice as lines of application.properties. */
export function configuration(advice) {
  return Object.entries(advice.settings).map(([name, value]) => `larder.caches.${advice.cache}.${name}=${value}`).join('\n');
}

export class AdvisorPage extends Page {
  static properties = { ...Page.properties, advice: { state: true }, copied: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.advice = (await this.attempt(async () => (await get('advice')).advice)) ?? [];
  }

  async copy(advice, event) {
    const text = configuration(advice);
    try {
      await navigator.clipboard.writeText(text);
      this.copied = `Copied: ${text}`;
    } catch {
      // Without a secure origin there is no clipboard; the lines are selected instead.
      const lines = event.target.closest('section').querySelector('pre');
      getSelection().selectAllChildren(lines);
      this.copied = 'Selected: copy with Ctrl+C.';
    }
  }

  render() {
    return html`<h1>Advisor <span class="unit">from sampled traffic, most useful first</span></h1>
      ${problem(this.problem)}<p role="status">${this.copied ?? ''}</p>
      ${this.advice === undefined ? empty('Asking…') : this.advice.length === 0 ? empty('Nothing to advise: too little was asked yet, or all is well.') : nothing}
      ${(this.advice ?? []).map((each) => html`<section class="panel"><h2>${cacheLink(each.cache)} <span class="unit">${KINDS[each.kind] ?? each.kind}, rests on ${count(each.lookups)} lookups</span></h2>
        <p>${each.sentence}</p>
        ${Object.keys(each.settings).length
          ? html`<pre class="value" tabindex="0" aria-label="Configuration">${configuration(each)}</pre><button type="button" @click=${(event) => this.copy(each, event)}>Copy as configuration<span class="unseen"> for ${each.cache}</span></button>`
          : html`<p class="quiet">Code has to change for this; there is no setting.</p>`}</section>`)}
      <p><button type="button" @click=${() => this.load()}>Ask again</button></p>`;
  }
}
customElements.define('advisor-page', AdvisorPage);
