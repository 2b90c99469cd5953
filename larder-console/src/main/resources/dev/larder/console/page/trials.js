/** Trials of other ttls on a share of a cache's keys: what comes of them, starting and ending. */
import { html, nothing } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { get, post } from './api.js';
import { count, millis, nanos, percent, plural, time } from './format.js';
import { cacheLink, cacheOptions, empty, how, outcome, pill, problem, table } from './parts.js';
import { yaml } from './configuration.js';

const EVERY_MILLIS = 2000;
const STATES = { WARMING_UP: ['idle', 'not counted yet'], COUNTING: ['good', 'counting'], ENDED: ['idle', 'ended'], PROPOSED: ['idle', 'proposed'] };
const VERDICTS = { CONTROL: nothing, TOO_FEW: pill('idle', 'too few reads'), NO_DIFFERENCE: pill('idle', 'no difference seen'), MORE_HITS: pill('good', 'more hits'), FEWER_HITS: pill('warn', 'fewer hits') };

/** As Spring Boot reads a time. */
function setting(value) {
  const [size, unit] = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'm'], [1000, 's'], [1, 'ms']].find(([size]) => value % size === 0);
  return `${value / size}${unit}`;
}

const points = (share) => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`.replace('-', '−');

export class TtlTrials extends Page {
  static properties = { ...Page.properties, session: { attribute: false }, cache: { state: true }, trials: { state: true }, proposed: { state: true }, plan: { state: true }, done: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => this.load(), EVERY_MILLIS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  /** Until one is chosen it is the first that was there, and stays it when others come before it. */
  willUpdate() {
    this.cache ??= store.caches.map((cache) => cache.name).sort((a, b) => a.localeCompare(b))[0];
  }

  async load() {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      this.trials = (await get('trials')).trials;
    } catch (problem) {
      this.problem = problem.message;
    }
    this.isLoading = false;
  }

  async propose(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const ttls = form.get('ttls').split(',').map((text) => text.trim()).filter(Boolean);
    this.plan = { cache: form.get('cache'), ttls, share: Number(form.get('share')), length: form.get('length').trim() };
    this.done = undefined;
    this.proposed = (await this.attempt(() => post('preview-trial', this.plan)))?.trial;
    await this.updateComplete;
    this.querySelector('[data-proposed] button')?.focus();
  }

  async start() {
    this.done = (await this.attempt(() => post('trial', this.plan)))?.outcome;
    this.proposed = undefined;
    await this.load();
  }

  async end(cache) {
    this.done = (await this.attempt(() => post('end-trial', { cache })))?.outcome;
    await this.load();
  }

  copy(event, text) {
    this.dispatchEvent(new CustomEvent('copy-text', { detail: { text, lines: event.target.closest('section').querySelector('table') } }));
  }

  when(trial) {
    if (trial.state === 'ENDED') return `ended ${time(trial.untilMillis)}`;
    return `${trial.state === 'WARMING_UP' ? 'counts from' : 'counted since'} ${time(trial.countsFromMillis)}, ends ${time(trial.untilMillis)}`;
  }

  arms(trial) {
    return table({
      caption: `Arms of the trial of ${trial.cache}`, rows: trial.arms,
      columns: [
        { name: 'arm', cell: (arm) => html`${arm.name} ${VERDICTS[arm.verdict] ?? arm.verdict}` },
        { name: 'ttl', number: true, cell: (arm) => millis(arm.ttlMillis) },
        { name: 'keys', number: true, cell: (arm) => `${arm.share} %` },
        { name: 'reads', number: true, cell: (arm) => count(arm.reads) },
        { name: 'hit rate', number: true, cell: (arm) => (arm.reads ? percent(arm.hitRate) : '–') },
        { name: 'points more, 95 %', number: true, cell: (arm) => (arm.verdict === 'CONTROL' || arm.verdict === 'TOO_FEW' ? '' : `${points(arm.differenceFrom)} to ${points(arm.differenceTo)}`) },
        { name: 'loads', number: true, cell: (arm) => count(arm.loads + arm.loadFailures) },
        { name: 'load time', number: true, cell: (arm) => nanos(arm.loadNanos) },
        { name: 'age at hit', number: true, cell: (arm) => (arm.meanAgeMillis < 0 ? '–' : millis(arm.meanAgeMillis)) },
        { name: 'p95', number: true, cell: (arm) => (arm.p95AgeMillis < 0 ? '–' : millis(arm.p95AgeMillis)) },
        { name: 'in L1', number: true, cell: (arm) => (arm.l1Entries < 0 ? '–' : count(arm.l1Entries)) },
      ],
    });
  }

  one(trial) {
    const isRunning = trial.state !== 'ENDED';
    return html`<section class="panel" data-trial=${trial.cache}>
      <h3>${cacheLink(trial.cache)} ${pill(...STATES[trial.state])} <span class="unit">by ${trial.by}, ${this.when(trial)}, on ${plural(trial.nodes, 'node')}</span></h3>
      ${this.arms(trial)}
      ${trial.arms.filter((arm) => arm.sentence).map((arm) => html`<p>${arm.sentence}</p>`)}
      ${trial.notes.map((note) => html`<p class="quiet">${note}</p>`)}
      <p class="buttons">
        ${trial.arms.slice(1).map((arm) => html`<button type="button" @click=${(event) => this.copy(event, yaml(trial.cache, { ttl: setting(arm.ttlMillis) }))}>Copy ttl ${millis(arm.ttlMillis)}<span class="unseen"> as configuration for ${trial.cache}</span></button>`)}
        ${isRunning && this.session.canAct ? html`<button type="button" @click=${() => this.end(trial.cache)}>End the trial<span class="unseen"> of ${trial.cache}</span></button>` : nothing}
      </p></section>`;
  }

  form() {
    return html`<form class="filter" @submit=${(event) => this.propose(event)} @input=${() => (this.proposed = undefined)}>
        <label>cache <select name="cache" @input=${(event) => (this.cache = event.target.value)}>${cacheOptions(store.caches, this.cache)}</select></label>
        <label>ttls to try <input name="ttls" size="12" placeholder="1m, 10m" autocomplete="off" required></label>
        <label>share of keys for each, % <input name="share" type="number" min="1" max="90" value="10" required></label>
        <label>ends after <input name="length" size="6" placeholder="1h" autocomplete="off"></label>
        <button type="submit">See what it means</button>
      </form>
      ${this.proposed ? this.proposal(this.proposed) : nothing}`;
  }

  proposal(trial) {
    const [control, ...others] = trial.arms;
    const length = trial.untilMillis - trial.startedMillis;
    return html`<div class="panel" data-proposed=${trial.cache}>
      <p>On all nodes ${others.map((arm) => html`<strong>${arm.share} % of the keys of ${trial.cache} live ${millis(arm.ttlMillis)}</strong>, `)}the other
        ${control.share} % live ${millis(control.ttlMillis)} as always, for ${millis(length)}. The first ${millis(trial.countsFromMillis - trial.startedMillis)} are not counted.</p>
      ${trial.notes.map((note) => html`<p><strong>${note}</strong></p>`)}
      <p class="buttons"><button type="button" @click=${() => this.start()}>Start the trial<span class="unseen"> of ${trial.cache}</span></button></p></div>`;
  }

  render() {
    return html`<h2>Trials of ttls <span class="unit">another ttl on a share of a cache's keys</span></h2>
      ${problem(this.problem)}${outcome(this.done)}
      ${this.session.canAct ? this.form() : nothing}
      ${this.trials === undefined ? empty('Asking…') : this.trials.length ? this.trials.map((trial) => this.one(trial)) : empty('No trial runs, and none has ended in the past 30 days.')}
      ${how("A key is of one arm on all nodes, by a hash of it. Nothing is counted until entries made before the trial are over. The hit rate is what the whole cache would have with that ttl, from the arm's misses and its share of the keys. The interval comes from how much 20 groups of each arm's keys differ, since reads of one key hit or miss together; where it has 0 in it, no difference is seen. Ages count from the load.")}`;
  }
}
customElements.define('ttl-trials', TtlTrials);
