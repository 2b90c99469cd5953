import { html, nothing } from 'lit';
import { Page } from './page.js';
import { store } from './store.js';
import { get, post } from './api.js';
import { bytes, count, millis, nanos, plural, short, time } from './format.js';
import { KINDS, cacheLink, empty, outcome, pill, problem, table, tierName } from './parts.js';
import './touch.js';
import './dialogs.js';

const STATES = {
  FRESH: ['good', 'fresh'], STALE: ['warn', 'stale'], INVALID: ['idle', 'not valid'], UNPROVED: ['idle', 'not proved'], ABSENCE: ['good', 'absence'], LOADING: ['warn', 'loading'],
  ABSENT: ['idle', 'absent'], UNREADABLE: ['bad', 'unreadable'], UNREACHABLE: ['bad', 'unreachable'],
};

/** What differs between copies, in words; the rows that are behind. */
export function differences(copies) {
  const live = copies.filter((copy) => ['FRESH', 'STALE', 'ABSENCE'].includes(copy.state));
  const said = [];
  const behind = new Set();
  for (const copy of copies) {
    if (copy.state === 'UNREADABLE') {
      said.push(`${place(copy)} holds bytes that are no entry of this key.`);
      behind.add(copy);
    }
  }
  const states = new Set(live.map((copy) => copy.state === 'ABSENCE'));
  if (states.size > 1) said.push('Some copies hold a value and some a remembered absence.');
  const ages = live.filter((copy) => copy.ageMillis >= 0);
  if (ages.length > 1) {
    const youngest = Math.min(...ages.map((copy) => copy.ageMillis));
    for (const copy of ages) {
      // A backfill keeps the age of what it was filled from, give or take the moment of asking.
      if (copy.ageMillis - youngest > 2000) {
        said.push(`${place(copy)} was written ${millis(copy.ageMillis - youngest)} before the youngest copy, and was not invalidated since.`);
        behind.add(copy);
      }
    }
  }
  return { said, behind };
}

function place(copy) {
  return copy.tier === 'L1' ? `L1 of ${copy.node || 'this node'}` : `${tierName(copy.tier)}${copy.store ? ` (${copy.store})` : ''}`;
}

function life(copy) {
  if (!['FRESH', 'STALE', 'ABSENCE'].includes(copy.state)) return '–';
  if (copy.freshMillis > 0) return `${millis(copy.freshMillis)} left`;
  return copy.freshMillis < 0 ? `${millis(-copy.freshMillis)} past` : '–';
}

/** What became of an entry that no tier has any more. */
function gone({ how, atMillis, ttlMillis }) {
  switch (how) {
    case 'RAN_OUT': return `It ran out at ${time(atMillis)}${ttlMillis ? ` at the latest: its cache’s ttl is ${millis(ttlMillis)}` : ', when its own time was over'}.`;
    case 'RAN_OUT_OR_INVALIDATED': return `It ran out at ${time(atMillis)} at the latest, or was invalidated before: nodes do not remember that far back.`;
    case 'INVALIDATED': return `It was invalidated at ${time(atMillis)} and has not been asked for since.`;
    default: return 'It was neither invalidated nor is its time over: it was dropped for room, or lost with a tier or a process.';
  }
}

/** The last position that is known to end each tag, those that have one first. A node follows all logs, a tier its own. */
function tagsOf(copies) {
  const tags = new Map();
  const nodesFirst = [...copies].sort((one, other) => (other.tier === 'L1') - (one.tier === 'L1'));
  for (const { tag, position } of nodesFirst.flatMap((copy) => copy.tags)) tags.set(tag, tags.get(tag) || position);
  return new Map([...tags].sort(([, one], [, other]) => Boolean(other) - Boolean(one)));
}

const OFTEN = 3;

const MOST_TARGETS = 4;

const MOST_CAUSES = 3;

/** An entry may have a hundred tags. */
const MOST_TAGS = 5;

/** How often each target was invalidated, most often first, with the causes of each. */
function endedByTarget(endedBy) {
  const all = new Map();
  for (const { target, cause, count } of endedBy) {
    const sum = all.get(target) ?? { target, count: 0, causes: [] };
    sum.count += count;
    if (cause) sum.causes.push({ cause, count });
    all.set(target, sum);
  }
  return [...all.values()].sort((one, other) => other.count - one.count);
}

/** The causes of one target, in brackets; how often each, where there are several. */
function causes(all) {
  if (!all.length) return '';
  const shown = all.slice(0, MOST_CAUSES).map((by) => (all.length === 1 ? by.cause : `${by.cause} ${count(by.count)}`));
  return ` (${shown.join(', ')}${all.length > MOST_CAUSES ? ' and others' : ''})`;
}

/** Whether some tier holds an entry, the only place that tags stand in. */
function hasEntry(all) {
  return all.copies.some((copy) => ['FRESH', 'STALE', 'INVALID', 'UNPROVED', 'ABSENCE'].includes(copy.state));
}

/** Whether the key has a place in L2, which answers, and one in the database tier. */
function hasBoth(all) {
  const has = (tier, states) => all.copies.some((copy) => copy.tier === tier && !states.includes(copy.state));
  return has('L2', ['UNREACHABLE']) && has('DATABASE', []);
}

export class InspectorPage extends Page {
  static properties = { ...Page.properties, slot: {}, session: { attribute: false }, all: { state: true }, value: { state: true }, done: { state: true }, isBusy: { state: true } };

  willUpdate(changed) {
    if (changed.has('slot')) {
      this.all = undefined;
      this.value = undefined;
      this.done = undefined;
      this.load();
    }
  }

  async load() {
    this.isBusy = true;
    const answer = await this.attempt(() => get('explain', { key: this.slot }));
    if (answer) ({ explanation: this.all, obstacles: this.obstacles } = answer);
    this.isBusy = false;
  }

  async show() {
    this.value = await this.attempt(async () => (await get('value', { key: this.slot })).value);
  }

  async refresh() {
    const { cache } = this;
    const { loaded } = this.all;
    const took = loaded && !loaded.failure ? `; its last load took ${nanos(loaded.nanos)}`
      : cache?.meanLoad ? `; all loads of ${cache.name} took ${nanos(cache.meanLoad)} on average` : '';
    this.done = await this.querySelector('confirm-dialog').ask({
      title: 'Refresh key',
      subject: this.slot,
      says: [`It is loaded once from the source${took}.`,
        'What is loaded replaces the copy in L1 of the node that loads it, and in the nearest shared tier that answers. Other copies stay until their time is over: to end them all, invalidate.'],
      action: 'Refresh',
      carryOut: async () => (await post('refresh', { key: this.slot })).outcome,
    });
    if (this.done) await this.load();
  }

  async touch() {
    this.done = await this.querySelector('touch-dialog').ask(this.slot, this.all.copies, this.cache?.policy.tiers);
    if (this.done) await this.load();
  }

  async invalidate(aim, name) {
    const done = await this.querySelector('invalidate-dialog').ask(aim, name);
    if (done) {
      this.done = done;
      this.value = undefined;
      await this.load();
    }
  }

  get cache() {
    return store.caches.find((each) => each.name === this.all.cache);
  }

  tagLines(tags) {
    return html`<ul class="lines">${tags.map(([tag, position]) => html`<li><span class="code">${tag}</span> <span class="quiet">${position ? `nothing newer is known than ${position}` : this.all.ended?.target === `tag ${tag}` ? 'ended it last' : 'not ended as far as known'}</span></li>`)}</ul>`;
  }

  tagButtons(tags) {
    return [...tags.keys()].map((tag) => html`<button type="button" class="danger" @click=${() => this.invalidate({ kind: 'TAG', names: [tag] }, tag)}>Invalidate tag ${tag}…</button>`);
  }

  render() {
    const head = html`<p><a href="#/keys">Keys</a></p><h1>Key <span class="code">${this.slot}</span></h1>
      <invalidate-dialog></invalidate-dialog><confirm-dialog></confirm-dialog><touch-dialog></touch-dialog>${problem(this.problem)}${outcome(this.done)}`;
    const all = this.all;
    if (!all) return html`${head}${this.problem ? nothing : empty('Asking every tier and node…')}`;
    const { said, behind } = differences(all.copies);
    // Not each of them was invalidated: an invalidation while it was loaded is enough.
    const invalid = all.copies.filter((copy) => ['INVALID', 'UNPROVED'].includes(copy.state));
    const byTarget = endedByTarget(all.endedBy);
    const endings = byTarget.reduce((sum, by) => sum + by.count, 0);
    const tags = tagsOf(all.copies);
    const { refresh, touch } = this.obstacles;
    return html`${head}
      <p class="toolbar">${all.cache ? html`<span>Cache ${cacheLink(all.cache)}</span>` : nothing}
        <button type="button" ?disabled=${this.isBusy} @click=${() => this.load()}>Ask again</button>
        ${this.session.canAct ? html`
          <button type="button" ?disabled=${Boolean(refresh)} @click=${() => this.refresh()}>Refresh…</button>
          <button type="button" ?disabled=${Boolean(touch)} @click=${() => this.touch()}>Live on…</button>
          <button type="button" class="danger" @click=${() => this.invalidate({ kind: 'KEY', names: [this.slot] }, this.slot)}>Invalidate…</button>
          ${tags.size <= MOST_TAGS ? this.tagButtons(tags) : nothing}` : nothing}</p>
      ${this.session.canAct && refresh ? html`<p class="quiet" data-obstacle="refresh">It cannot be refreshed: ${refresh}.</p>` : nothing}
      ${this.session.canAct && touch ? html`<p class="quiet" data-obstacle="touch">It cannot live on: ${touch}.</p>` : nothing}
      ${this.session.canAct && tags.size > MOST_TAGS ? html`<details><summary>Invalidate by one of its ${count(tags.size)} tags</summary><p class="toolbar">${this.tagButtons(tags)}</p></details>` : nothing}
      ${all.gone ? html`<p class="problem" data-gone><strong>No tier that answers has it.</strong> ${gone(all.gone)}</p>` : nothing}
      <section class="panel"><h2>By tier and node <span class="unit">now</span></h2>
        ${all.copies.filter((copy) => copy.state === 'UNREACHABLE').map((copy) => html`<p class="alarm">✕ ${place(copy)} does not answer.</p>`)}
        ${said.length ? html`<div class="problem"><strong>Copies differ.</strong><ul>${said.map((line) => html`<li>${line}</li>`)}</ul></div>` : invalid.length ? nothing : html`<p class="quiet">No differences between the copies.</p>`}
        ${invalid.map((copy) => html`<p class="quiet">${place(copy)} still holds an entry that ${copy.state === 'INVALID' ? 'is not valid any more' : 'nothing proves to be valid any more'}: it is never served, and the next load replaces it.</p>`)}
        ${all.silent.length ? html`<p class="problem"><strong>No answer in time from</strong> ${all.silent.join(', ')}</p>` : nothing}
        ${table({
          caption: 'The key by tier and node',
          rows: all.copies,
          none: 'No tier was asked.',
          columns: [
            { name: 'where', cell: (copy) => html`<span class=${behind.has(copy) ? 'alarm' : ''}>${behind.has(copy) ? '≠ ' : ''}${place(copy)}</span>` },
            { name: 'state', cell: (copy) => pill(...(STATES[copy.state] ?? ['idle', copy.state])) },
            { name: 'as of', cell: (copy) => html`<span class="code">${copy.asOf ? short(copy.asOf, 22) : '–'}</span>` },
            { name: 'age', number: true, cell: (copy) => html`<span class=${behind.has(copy) ? 'alarm' : ''}>${copy.ageMillis < 0 ? '–' : millis(copy.ageMillis)}</span>` },
            { name: 'ttl', number: true, cell: life },
            { name: 'stored', number: true, cell: (copy) => bytes(copy.bytes) },
            { name: 'raw', number: true, cell: (copy) => bytes(copy.rawBytes) },
          ],
        })}
        ${hasBoth(all) ? html`<p class="quiet">The database tier is asked and filled only while L2 does not answer.</p>` : nothing}</section>
      <div class="grid halves">
        <section class="panel"><h2>Why</h2><dl class="facts">
          <div><dt>loaded</dt><dd>${all.loaded ? html`${time(all.loaded.atMillis)} in ${nanos(all.loaded.nanos)} on ${all.loaded.node} by ${all.loaded.site ? html`<span class="code">${all.loaded.site}</span>` : 'a refresh, a warm-up or a call that was not noted'}${all.loaded.failure ? html` <span class="alarm">✕ failed: ${all.loaded.failure}</span>` : nothing}` : 'no node remembers a load'}</dd></div>
          <div><dt>last invalidation</dt><dd>${all.ended ? html`of what covers it: ${all.ended.atMillis > 0 ? time(all.ended.atMillis) : 'at a time not kept'}${all.ended.node ? ` by ${all.ended.node}` : ''}: ${all.ended.target}${all.ended.cause ? ` (${all.ended.cause})` : ''}${all.ended.position ? html` at <span class="code">${all.ended.position}</span>` : nothing}` : 'no invalidation that covers it is kept'}</dd></div>
          ${endings >= OFTEN ? html`<div><dt>invalidations</dt><dd>what covers it was invalidated ${count(endings)} times since ${time(Math.min(...all.endedBy.map((by) => by.firstMillis)))}, as far as nodes remember<ul class="lines">${byTarget.slice(0, MOST_TARGETS).map((by) => html`<li>${count(by.count)} by <span class="code">${by.target}</span>${causes(by.causes)}</li>`)}${byTarget.length > MOST_TARGETS ? html`<li>and others</li>` : nothing}</ul></dd></div>` : nothing}
          <div><dt>last miss</dt><dd>${all.missed ? html`${all.missedMillis ? html`${time(all.missedMillis)}: ` : nothing}${all.missed}` : 'no node remembers one'}</dd></div>
        </dl>
        <h3>Tags that end it</h3>
        ${tags.size ? html`${this.tagLines([...tags].slice(0, MOST_TAGS))}
          ${tags.size > MOST_TAGS ? html`<details><summary>and ${plural(tags.size - MOST_TAGS, 'more tag')}</summary>${this.tagLines([...tags].slice(MOST_TAGS))}</details>` : nothing}` : empty(hasEntry(all) ? 'None: only its time, its key and its cache end it.' : 'Not known: tags are those of a copy, and no tier has one.')}</section>
        <section class="panel"><h2>Value</h2>
          ${!this.session.canSeeValues ? html`<p class="masked" aria-label="hidden">••••••••</p>${empty('Values are shown to roles that may see them.')}`
            : this.value ? this.shown() : html`<p class="masked" aria-label="hidden">••••••••</p><button type="button" @click=${() => this.show()}>Show value</button> <span class="quiet">Who looks is noted.</span>`}</section>
      </div>
      <section class="panel"><h2>History <span class="unit">as nodes remember it, newest first</span></h2>
        ${table({
          caption: 'History of the key',
          rows: [...all.history].reverse(),
          none: 'No node remembers anything of it.',
          columns: [
            { name: 'at', cell: (event) => time(event.atMillis) },
            { name: 'what', cell: (event) => KINDS[event.kind] ?? event.kind },
            { name: 'node', cell: (event) => html`<span class="code">${short(event.node, 16)}</span>` },
            { name: 'details', cell: (event) => (event.kind === 'INVALIDATION' ? `${event.subject}: ${event.text}` : event.text) },
            { name: 'took', number: true, cell: (event) => (event.nanos ? nanos(event.nanos) : '–') },
            { name: 'count', number: true, cell: (event) => count(event.count) },
          ],
        })}</section>`;
  }

  shown() {
    const value = this.value;
    if (value.isAbsence) return empty('A remembered absence: the source has nothing.');
    let text = value.text;
    let size = nothing;
    if (value.form === 'json') {
      try {
        const parsed = JSON.parse(value.text);
        text = JSON.stringify(parsed, null, 2);
        if (parsed && typeof parsed === 'object') {
          const fields = Object.entries(parsed).map(([name, field]) => [name, JSON.stringify(field).length]).sort((a, b) => b[1] - a[1]).slice(0, 10);
          size = html`<p class="quiet">Largest: ${fields.map(([name, length]) => `${name} ${bytes(length)}`).join(' · ')}</p>`;
        }
      } catch {
        // Shown as it is.
      }
    }
    return html`<p class="quiet">${value.form}, from ${tierName(value.tier)} <button type="button" @click=${() => (this.value = undefined)}>Hide</button></p>
      <pre class="value" tabindex="0" aria-label="Value">${text}</pre>${size}`;
  }
}
customElements.define('inspector-page', InspectorPage);
