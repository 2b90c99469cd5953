import { html, nothing } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { get, post } from './api.js';
import { count, millis, percent, plural, rate, time } from './format.js';
import { empty, outcome, pill, problem } from './parts.js';
import './dialogs.js';

const LEVELS = { IDLE: 'idle', RUNNING: 'good', PAUSED: 'warn', DONE: 'good', CANCELLED: 'idle', FAILED: 'bad' };
const ACTIONS = { IDLE: ['START'], RUNNING: ['PAUSE', 'CANCEL'], PAUSED: ['RESUME', 'CANCEL'], DONE: ['START'], CANCELLED: ['START'], FAILED: ['START'] };
const WORDS = { START: 'Start', PAUSE: 'Pause', RESUME: 'Resume', CANCEL: 'Cancel', RERUN_FAILED: 'Run failures again' };

/** What a plan lets its runs ask of the source; nothing where an older node does not tell. */
function declared({ perSecond, concurrency }) {
  const parts = [...(perSecond ? [`${plural(perSecond, 'key')} a second`] : []), ...(concurrency ? [`${plural(concurrency, 'load')} at a time`] : [])];
  return parts.length ? html`<p class="quiet" data-declared>Declared: at most ${parts.join(', ')}.</p>` : nothing;
}

/** What a run asks of the source, in the words of WarmUp.asks; the last run's number says nothing of this one's. */
function asks(run, action, limits) {
  const failed = `the ${plural(run.failed, 'key')} that failed`;
  const most = limits?.most ?? 0;
  const keys = action === 'RERUN_FAILED' ? (most && most < run.failed ? `the first ${most} of ${failed}` : failed)
    : most ? `the first ${plural(most, 'key')} of its plan` : 'all keys of its plan, as many as it finds when it begins';
  return [`It asks the source for ${keys}, ${run.loadsAnew ? 'also' : 'but'} for those that are cached and fresh.`, ...atMost(run.declared, limits)];
}

function atMost(declared, limits) {
  const perSecond = limits?.perSecond || declared.perSecond;
  const concurrency = limits?.concurrency || declared.concurrency;
  return [...(perSecond ? [`At most ${plural(perSecond, 'key')} a second.`] : []), ...(concurrency ? [`At most ${plural(concurrency, 'load')} at a time.`] : [])];
}

/** Whether it is a prediction: it runs until the application ends, and what it has done are guesses. */
const isGuessing = (run) => run.name.startsWith('predict-') && run.schedule.startsWith('guesses');

export class WarmingPage extends Page {
  static properties = { ...Page.properties, session: { attribute: false }, warmUps: { state: true }, done: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => this.load(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      ({ warmUps: this.warmUps, obstacle: this.obstacle } = await get('warm-ups'));
      this.querySelector('confirm-dialog')?.requestUpdate();
    } catch (problem) {
      this.problem = problem.message;
    }
    this.isLoading = false;
  }

  /** A run asks the source for much, so it is asked for first. */
  async act(name, action, limits) {
    if (!['START', 'RERUN_FAILED'].includes(action)) {
      await this.carryOut(name, action, limits);
      return;
    }
    const run = this.warmUps.find((each) => each.name === name);
    const done = await this.querySelector('confirm-dialog').ask({
      title: action === 'START' ? 'Start warm-up' : 'Run the failures again of warm-up',
      subject: name,
      obstacle: () => this.obstacle && `It cannot run now: ${this.obstacle}.`,
      says: asks(run, action, limits),
      action: action === 'START' ? 'Start' : 'Run again',
      carryOut: async () => (await post('warm', { name, action, limits })).outcome,
    });
    if (done) this.done = done;
    await this.load();
  }

  async carryOut(name, action, limits) {
    this.done = (await this.attempt(() => post('warm', { name, action, limits })))?.outcome;
    await this.load();
  }

  /** A run with less than its plan declares; a field that is left empty is as declared. */
  limited(event, name, action) {
    event.preventDefault();
    const given = new FormData(event.target);
    this.act(name, action, { most: Number(given.get('most')), perSecond: Number(given.get('perSecond')), concurrency: Number(given.get('concurrency')) });
  }

  limits(run) {
    const action = ACTIONS[run.state].find((each) => ['START', 'RESUME'].includes(each));
    if (!action) return nothing;
    const field = (label, name, most) => html`<label>${label} <input type="number" name=${name} min="1" max=${most || nothing} placeholder=${most || 'all'}></label>`;
    return html`<details><summary>${WORDS[action]} with less<span class="unseen"> ${run.name}</span></summary>
      <form class="filter" @submit=${(event) => this.limited(event, run.name, action)}>
        ${action === 'START' ? field('Keys, the first', 'most', 0) : nothing}
        ${field('Keys a second, at most', 'perSecond', run.declared.perSecond)}
        ${field('Loads at a time, at most', 'concurrency', run.declared.concurrency)}
        <button type="submit">${WORDS[action]} so<span class="unseen"> ${run.name}</span></button>
      </form></details>`;
  }

  guesses(run) {
    const action = run.state === 'PAUSED' ? 'RESUME' : 'PAUSE';
    return html`<section class="panel" data-warm-up=${run.name}>
      <h2>${run.name} ${pill(LEVELS[run.state], run.state.toLowerCase())} <span class="unit">${run.schedule}</span></h2>
      ${declared(run.declared)}
      <p>${plural(run.total, 'guess', 'guesses')}, ${count(run.done)} came true · ${rate(run.perSecond)} loads/s · ${count(run.failed)} failed</p>
      <p class="quiet">Since ${time(run.startedMillis)} on ${run.node}</p>
      ${this.session.canAct ? html`<p class="buttons"><button type="button" @click=${() => this.act(run.name, action)}>${WORDS[action]}<span class="unseen"> ${run.name}</span></button></p>` : nothing}
    </section>`;
  }

  run(run) {
    if (isGuessing(run)) return this.guesses(run);
    const actions = [...ACTIONS[run.state], ...(run.failed > 0 && run.state !== 'RUNNING' ? ['RERUN_FAILED'] : [])];
    const left = run.total - run.done - run.failed;
    const at = run.endedMillis || store.overview?.atMillis || Date.now();
    return html`<section class="panel" data-warm-up=${run.name}>
      <h2>${run.name} ${pill(LEVELS[run.state], run.state.toLowerCase())} <span class="unit">${run.schedule || 'only when asked'}</span></h2>
      ${declared(run.declared)}
      ${run.total > 0 ? html`<progress aria-label="Progress of ${run.name}" max=${run.total} value=${run.done + run.failed}></progress>` : nothing}
      <p>${run.state === 'IDLE' ? 'It never ran.' : html`${count(run.done)} of ${run.total < 0 ? 'a number not known yet' : count(run.total)}${run.total > 0 ? ` (${percent(run.done / run.total)})` : ''} ·
        ${count(run.found)} were there already · ${rate(run.perSecond)} loads/s · ${count(run.failed)} failed
        ${run.state === 'RUNNING' && run.perSecond > 0 && left > 0 ? ` · about ${millis((left / run.perSecond) * 1000)} left` : ''}`}</p>
      <p class="quiet">${run.startedMillis ? `Began ${time(run.startedMillis)} on ${run.node}, took ${millis(Math.max(0, at - run.startedMillis))}${run.endedMillis ? '' : ' so far'}` : ''}</p>
      ${run.failures.length ? html`<details><summary>Last failures (${count(run.failures.length)})</summary><ul class="lines">${run.failures.map((line) => html`<li class="code">${line}</li>`)}</ul></details>` : nothing}
      ${this.session.canAct ? html`<p class="buttons">${actions.map((action) => html`<button type="button" @click=${() => this.act(run.name, action)}>${WORDS[action]}<span class="unseen"> ${run.name}</span></button>`)}</p>${this.limits(run)}` : nothing}
    </section>`;
  }

  render() {
    return html`<h1>Warming <span class="unit">declared warm-ups, over all nodes</span></h1>
      <confirm-dialog></confirm-dialog>${problem(this.problem)}${outcome(this.done)}
      ${this.warmUps === undefined ? empty('Asking…') : this.warmUps.length ? this.warmUps.map((run) => this.run(run)) : empty('No warm-up is declared.')}`;
  }
}
customElements.define('warming-page', WarmingPage);
