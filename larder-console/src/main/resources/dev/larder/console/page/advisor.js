import { html, nothing } from 'lit';
import { Page } from './page.js';
import { get } from './api.js';
import { count } from './format.js';
import { cacheLink, empty, how, problem } from './parts.js';
import { yaml } from './configuration.js';
import './simulator.js';
import './trials.js';

const KINDS = {
  TTL: 'another ttl', SIZE: 'another size of L1', NEVER_READ: 'never read', READ_ONCE: 'read once', TOO_BIG: 'large values',
  COSTS_MORE: 'costs more than it saves', NO_TAGS: 'only time ends it', CHANGES_FASTER: 'source changes faster', VOLATILE_KEY: 'keys that nobody asks for again',
};

export class AdvisorPage extends Page {
  static properties = { ...Page.properties, session: { attribute: false }, advice: { state: true }, copied: { state: true }, open: { state: true } };

  constructor() {
    super();
    this.open = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const { advice, caution, whyNone, silent } = (await this.attempt(() => get('advice'))) ?? {};
    this.caution = caution;
    this.whyNone = whyNone;
    this.silent = silent ?? [];
    this.advice = advice ?? [];
  }

  async copy(text, lines) {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = 'Copied as YAML, for the application.yaml of Spring Boot.';
    } catch {
      // Without a secure origin there is no clipboard; the lines are selected instead.
      if (lines) getSelection().selectAllChildren(lines);
      this.copied = 'Selected: copy with Ctrl+C.';
    }
  }

  turn(index) {
    const open = new Set(this.open);
    if (!open.delete(index)) open.add(index);
    this.open = open;
  }

  one(each, index) {
    const text = yaml(each.cache, each.settings);
    const isOpen = this.open.has(index);
    return html`<section class="panel" data-advice=${each.cache} data-kind=${each.kind}><h2>${cacheLink(each.cache)} <span class="unit">${KINDS[each.kind] ?? each.kind}, rests on ${count(each.lookups)} lookups</span></h2>
      <p>${each.sentence}</p>
      ${text ? html`<pre class="value" tabindex="0" aria-label="Configuration">${text}</pre>` : html`<p class="quiet">Code has to change for this; there is no setting.</p>`}
      <p class="buttons">
        ${text ? html`<button type="button" @click=${(event) => this.copy(text, event.target.closest('section').querySelector('pre'))}>Copy as configuration<span class="unseen"> for ${each.cache}</span></button>` : nothing}
        <button type="button" aria-expanded=${isOpen} @click=${() => this.turn(index)}>Simulate<span class="unseen"> for ${each.cache}</span></button>
      </p>
      ${isOpen ? html`<settings-simulator .cache=${each.cache} .settings=${each.settings} @copy-text=${(event) => this.copy(event.detail.text, event.detail.lines)}></settings-simulator>` : nothing}</section>`;
  }

  render() {
    return html`<h1>Advisor <span class="unit">from sampled traffic, most useful first</span></h1>
      ${problem(this.problem)}<p role="status">${this.copied ?? ''}</p>
      ${this.caution && this.advice.length ? html`<p class="problem" data-caution><strong>Wait.</strong> ${this.caution}.</p>` : nothing}
      ${this.advice === undefined ? empty('Asking the nodes…') : this.advice.length === 0 ? empty(this.whyNone ?? 'Nothing to advise.') : this.silent.map((node) => html`<p class="quiet" data-silent=${node}>Node ${node} gave no answer, so it is left out.</p>`)}
      ${(this.advice ?? []).map((each, index) => this.one(each, index))}
      ${how('Each node follows a sample of the keys of each cache and what becomes of them; nodes are added. A replay runs what was seen against other settings. L1 is taken to drop what was read longest ago, tiers below it to have room for all.')}
      <p class="buttons"><button type="button" @click=${() => this.load()}>Ask again</button></p>
      <ttl-trials .session=${this.session} @copy-text=${(event) => this.copy(event.detail.text, event.detail.lines)}></ttl-trials>`;
  }
}
customElements.define('advisor-page', AdvisorPage);
