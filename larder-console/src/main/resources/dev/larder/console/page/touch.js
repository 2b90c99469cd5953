/** The question which other time to live an entry is given. */
import { html, nothing } from 'lit';
import { Page } from './page.js';
import { post } from './api.js';
import { Question } from './dialogs.js';
import { millis, span, time } from './format.js';
import { problem, tierName } from './parts.js';

const NEAREST_FIRST = ['L2', 'DATABASE'];
const LONGEST = 3650 * 86_400_000;

/** The copy that would live on beside L1: that of the nearest shared tier that answers, of those that the cache uses as far as known. */
function nearest(copies, tiers) {
  const answering = copies.filter((copy) => copy.tier !== 'L1' && (tiers ?? copy.tier).includes(copy.tier) && copy.state !== 'UNREACHABLE');
  return NEAREST_FIRST.map((tier) => answering.find((copy) => copy.tier === tier)).find(Boolean);
}

/** Asks how long an entry is to live on, and says what that does. */
export class TouchDialog extends Question {
  static properties = { ...Page.properties, key: { state: true }, typed: { state: true }, isBusy: { state: true } };

  /** Opens; resolves with the outcome, or undefined if it was not wanted. */
  ask(slot, copies, tiers) {
    this.key = { slot, below: nearest(copies, tiers) };
    this.typed = '';
    return this.open();
  }

  /** Milliseconds; NaN while what was typed is no time that an entry can live. */
  get ttl() {
    const ttl = span(this.typed);
    return ttl >= 1 && ttl <= LONGEST ? ttl : NaN;
  }

  go(event) {
    event.preventDefault();
    const ttlMillis = this.ttl;
    if (!this.isBusy && ttlMillis) this.carryOut(async () => (await post('touch', { key: this.key.slot, ttlMillis })).outcome);
  }

  render() {
    if (!this.key) return html`<dialog aria-label="Live on"></dialog>`;
    const { slot, below } = this.key;
    return html`<dialog aria-labelledby="touch-title" @close=${(event) => this.closed(event.target)}>
      <form @submit=${(event) => this.go(event)}>
        <h2 id="touch-title">Let <span class="code">${slot}</span> live on?</h2>
        <label>For how long from now, such as 30s, 5m or 2h
          <input autocomplete="off" spellcheck="false" required .value=${this.typed} @input=${(event) => (this.typed = event.target.value)}></label>
        <p class="preview" aria-live="polite">${this.ttl
          ? `It lives ${millis(this.ttl)} from now, until about ${time(Date.now() + this.ttl)}, also where it had longer: in L1 of the nodes that have it${below ? `, and in ${tierName(below.tier)}. Copies elsewhere keep their time` : ''}. What was invalidated stays invalid.`
          : this.typed ? 'That is not a time of 1ms to 3650d.' : nothing}</p>
        ${problem(this.problem)}
        <p class="buttons"><button type="submit" ?disabled=${this.isBusy || !this.ttl}>Live on</button>
          <button type="button" @click=${() => this.end(undefined)}>Leave it</button></p>
      </form>
    </dialog>`;
  }
}
customElements.define('touch-dialog', TouchDialog);
