/** Orders: first what they would do; of those that remove much, the name has to be typed. */
import { html, nothing } from 'lit';
import { Page } from './page.js';
import { post } from './api.js';
import { count, plural } from './format.js';
import { problem } from './parts.js';

const MUCH = 100;

/** A question that is answered once: by what was done, or by undefined if it was left. */
export class Question extends Page {
  /** Opens; what the question is about was set before. */
  async open() {
    this.resolve?.(undefined);
    this.resolve = undefined;
    this.problem = '';
    this.isBusy = false;
    this.opener = document.activeElement;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    return new Promise((resolve) => (this.resolve = resolve));
  }

  /** Carries the order out; the question stays open if that fails. */
  async carryOut(order) {
    this.isBusy = true;
    const outcome = await this.attempt(order);
    this.isBusy = false;
    if (outcome) this.end(outcome);
  }

  end(outcome) {
    this.resolve?.(outcome);
    this.resolve = undefined;
    this.querySelector('dialog').close();
    this.opener?.focus?.();
  }

  /** The browser tells of a closing later: by then the next question may stand open, and stays. */
  closed(dialog) {
    if (this.resolve && !dialog.open) this.end(undefined);
  }
}

/** Asks before an order that removes nothing, and says what it will do. */
export class ConfirmDialog extends Question {
  static properties = { ...Page.properties, order: { state: true }, isBusy: { state: true } };

  /**
   * Opens; resolves with the outcome, or undefined if it was not wanted.
   *
   * @param order {title, subject, says: sentences, action: the button's word, carryOut: does it, with an outcome,
   *     obstacle: tells why it cannot be carried out now, as long as it cannot}
   */
  ask(order) {
    this.order = order;
    return this.open();
  }

  go(event) {
    event.preventDefault();
    if (!this.isBusy && !this.order.obstacle?.()) this.carryOut(this.order.carryOut);
  }

  render() {
    if (!this.order) return html`<dialog aria-label="Confirm"></dialog>`;
    const obstacle = this.order.obstacle?.();
    return html`<dialog aria-labelledby="confirm-title" @close=${(event) => this.closed(event.target)}>
      <form @submit=${(event) => this.go(event)}>
        <h2 id="confirm-title">${this.order.title} <span class="code">${this.order.subject}</span>?</h2>
        ${obstacle ? html`<p class="preview">${obstacle}</p>` : nothing}
        ${this.order.says.map((sentence) => html`<p class="preview">${sentence}</p>`)}
        ${problem(this.problem)}
        <p class="buttons"><button type="submit" ?disabled=${this.isBusy || Boolean(obstacle)}>${this.order.action}</button>
          <button type="button" @click=${() => this.end(undefined)}>Leave it</button></p>
      </form>
    </dialog>`;
  }
}
customElements.define('confirm-dialog', ConfirmDialog);

export class InvalidateDialog extends Question {
  static properties = { ...Page.properties, aim: { state: true }, preview: { state: true }, typed: { state: true }, isBusy: { state: true } };

  /** Opens for an aim {kind, names}; resolves with the outcome, or undefined if it was not wanted. */
  async ask(aim, name) {
    this.aim = aim;
    this.name = name;
    this.preview = undefined;
    this.typed = '';
    const answer = this.open();
    this.preview = await this.attempt(async () => (await post('preview', { aim })).preview);
    return answer;
  }

  get mustType() {
    return this.aim.kind !== 'KEY' && (this.aim.kind === 'CACHE' || this.aim.kind === 'ALL' || !this.preview?.isExact || this.preview.entries > MUCH);
  }

  async go(event) {
    event.preventDefault();
    if (this.isBusy || (this.mustType && this.typed !== this.name)) return;
    await this.carryOut(async () => (await post('invalidate', { aim: this.aim })).outcome);
  }

  render() {
    if (!this.aim) return html`<dialog aria-label="Invalidate"></dialog>`;
    const preview = this.preview;
    return html`<dialog aria-labelledby="invalidate-title" @close=${(event) => this.closed(event.target)}>
      <form @submit=${(event) => this.go(event)}>
        <h2 id="invalidate-title">Invalidate ${this.aim.kind.toLowerCase()} <span class="code">${this.name}</span>?</h2>
        <div aria-live="polite">
          ${preview === undefined
            ? this.problem ? nothing : html`<p class="quiet">Counting what it covers…</p>`
            : html`<p class="preview"><strong>${preview.isExact ? '' : 'at least '}${plural(preview.entries, 'stored entry', 'stored entries')}</strong>
                will not be served again, on any tier or node.</p>
              ${(preview.reasons ?? []).map((reason) => html`<p data-reason>It may be more: ${reason}.</p>`)}
              ${preview.entries === 0 && this.aim.kind === 'TAG' ? html`<p>No entry that can be counted has this tag. Is it spelt as the entries have it? A key's page lists its tags.</p>` : nothing}
              ${preview.perCache.length ? html`<ul>${preview.perCache.slice(0, 10).map((each) => html`<li><span class="code">${each.cache}</span>: ${count(each.entries)}</li>`)}</ul>` : nothing}
              ${preview.spared.length ? html`<p>Left alone, since they are protected: ${preview.spared.join(', ')}.</p>` : nothing}`}
        </div>
        ${preview !== undefined && this.mustType
          ? html`<label>Type <span class="code">${this.name}</span> to confirm
              <input autocomplete="off" spellcheck="false" .value=${this.typed} @input=${(event) => (this.typed = event.target.value)}></label>`
          : nothing}
        ${problem(this.problem)}
        <p class="buttons">
          <button type="submit" class="danger" ?disabled=${this.isBusy || preview === undefined || (this.mustType && this.typed !== this.name)}>Invalidate</button>
          <button type="button" @click=${() => this.end(undefined)}>Leave it</button>
        </p>
      </form>
    </dialog>`;
  }
}
customElements.define('invalidate-dialog', InvalidateDialog);
