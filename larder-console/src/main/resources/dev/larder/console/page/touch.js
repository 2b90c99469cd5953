/** Another time to live for an entry: why it cannot be given one, and the question which. */
import { html, nothing } from 'lit';
import { Page } from './page.js';
import { post } from './api.js';
import { Question } from './dialogs.js';
import { millis, span, time } from './format.js';
import { problem, tierName } from './parts.js';

const VALID = ['FRESH', 'STALE', 'ABSENCE'];
const NEAREST_FIRST = ['L2', 'DATABASE'];
const LONGEST = 3650 * 86_400_000;

/** Copies on the shared tiers that the cache uses, as far as its policy is known, nearest first. */
function shared(copies, tiers) {
  return copies.filter((copy) => copy.tier !== 'L1' && (tiers ?? copy.tier).includes(copy.tier))
    .sort((one, other) => NEAREST_FIRST.indexOf(one.tier) - NEAREST_FIRST.indexOf(other.tier));
}

/** The copy that would live on beside L1: that of the nearest shared tier that answers. */
function nearest(copies, tiers) {
  return shared(copies, tiers).find((copy) => copy.state !== 'UNREACHABLE');
}

/** Why the order would be refused now, as larder touch --dry-run has it; empty if it would not. */
export function touchObstacle({ copies, silent }, cache) {
  const tiers = cache?.policy.tiers;
  const near = copies.filter((copy) => copy.tier === 'L1' && copy.state !== 'ABSENT');
  if (!near.length) return `the key is not in its L1 on any node${silent.length ? ' that answers' : ''}`;
  if (cache?.percent === 0) return 'its cache is switched off';
  const below = shared(copies, tiers);
  if (!below.length) return near.some((copy) => VALID.includes(copy.state)) ? '' : 'what nodes have of it in L1 is not valid any more';
  if (VALID.includes(nearest(copies, tiers)?.state)) return '';
  const mute = below.filter((copy) => copy.state === 'UNREACHABLE').map((copy) => tierName(copy.tier));
  return mute.length ? `${mute.join(' and ')} ${mute.length === 1 ? 'does' : 'do'} not answer, and no other tier has a valid copy of it` : `${tierName(below[0].tier)} has no valid copy of it`;
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
