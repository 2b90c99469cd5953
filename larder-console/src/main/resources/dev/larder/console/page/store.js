/**
 * What the pages show: one live stream, kept as the larder's state now, its last minutes and its last events.
 * Pages listen for "change"; it comes at most once per frame.
 */
import { get } from './api.js';
import { merged, since } from './spread.js';

const MOST_EVENTS = 2000;
const MOST_SAMPLES = 900;
const SPAN = 10;
const TIMES_SPAN = 300;
const L1_SAMPLE = 256;

class Store extends EventTarget {
  constructor() {
    super();
    this.overview = null;
    this.samples = [];
    this.events = [];
    this.isLive = false;
    this.trouble = '';
    this.nodes = new Map();
    this.past = [];
    this.pastTimes = [];
    this.times = null;
    this.caches = [];
    this.changed = false;
    this.skipped = 0;
    this.lastId = 0;
  }

  async open() {
    this.close();
    this.connect();
    try {
      const { samples } = await get('history');
      const last = samples.length ? samples[samples.length - 1].atMillis : 0;
      this.samples = [...samples, ...this.samples.filter((each) => each.atMillis > last)];
      this.tell();
    } catch {
      // The chart then begins now.
    }
  }

  close() {
    this.source?.close();
    this.source = null;
  }

  connect() {
    const source = new EventSource('api/stream?overview=changes&after=0');
    this.source = source;
    source.addEventListener('open', () => {
      this.isLive = true;
      this.trouble = '';
      this.tell();
    });
    source.addEventListener('error', () => {
      this.isLive = false;
      this.trouble = 'The live stream is cut; what is shown is of before.';
      this.tell();
      if (source.readyState === EventSource.CLOSED) {
        // Refused, not cut: a log-in that ran out, or no place. The browser does not try again by itself.
        this.dispatchEvent(new Event('refused'));
        setTimeout(() => this.source === source && this.connect(), 3000);
      }
    });
    source.addEventListener('delta', (message) => this.take(JSON.parse(message.data)));
    source.addEventListener('change', (message) => this.add(JSON.parse(message.data)));
    source.addEventListener('skipped', (message) => {
      this.skipped += JSON.parse(message.data).count;
      this.tell();
    });
    source.addEventListener('reset', () => {
      this.events = [];
      this.lastId = 0;
    });
    source.addEventListener('trouble', (message) => {
      this.trouble = JSON.parse(message.data).detail;
      this.tell();
    });
  }

  add(event) {
    if (event.id <= this.lastId) return;
    this.lastId = event.id;
    this.events.push(event);
    // What happens seldom is kept longest: an outage is told of while loads come by the thousand.
    if (this.events.length > MOST_EVENTS) this.events.splice(Math.max(0, this.events.findIndex((each) => !KEPT.includes(each.kind))), 1);
    this.tell();
  }

  take(changes) {
    const nodes = new Map();
    for (const node of changes.nodes) {
      const before = this.nodes.get(node.id);
      const keep = !changes.isComplete && before && before.startedMillis === node.startedMillis;
      const caches = new Map(keep ? before.caches : []);
      for (const cache of node.caches) {
        const was = caches.get(cache.stats.cache);
        caches.set(cache.stats.cache, { ...cache, policy: cache.policy ?? was?.policy ?? {} });
      }
      nodes.set(node.id, { ...node, caches });
    }
    this.nodes = nodes;
    this.overview = changes;
    this.trouble = '';
    const last = this.samples[this.samples.length - 1];
    if (changes.sample && (!last || changes.sample.atMillis > last.atMillis)) {
      this.samples.push(changes.sample);
      if (this.samples.length > MOST_SAMPLES) this.samples.shift();
    }
    this.caches = this.sum();
    this.times = this.timesNow();
    this.tell();
  }

  /** How long hits and loads took in the last minutes, over all nodes, as far as was seen here. */
  timesNow() {
    const all = [...this.nodes.values()].flatMap((node) => node.times);
    const now = { atMillis: this.overview.atMillis, nodes: this.nodes.size };
    for (const measure of ['L1_HIT', 'TIER_HIT', 'LOAD']) now[measure] = merged(all, measure);
    this.pastTimes.push(now);
    if (this.pastTimes.length > TIMES_SPAN + 1) this.pastTimes.shift();
    const base = this.pastTimes.find((each) => each.nodes === now.nodes);
    const times = { millis: Math.max(1000, now.atMillis - base.atMillis) };
    for (const measure of ['L1_HIT', 'TIER_HIT', 'LOAD']) times[measure] = since(now[measure], base[measure]);
    const weighted = times.L1_HIT.map((bucket) => ({ upTo: bucket.upTo, count: bucket.count * L1_SAMPLE }));
    times.hits = merged([{ measure: 'hits', buckets: weighted }, { measure: 'hits', buckets: times.TIER_HIT }], 'hits');
    return times;
  }

  /** The caches over all nodes, with what they did in the last seconds. */
  sum() {
    const now = new Map();
    for (const node of this.nodes.values()) {
      for (const cache of node.caches.values()) {
        const name = cache.stats.cache;
        const sum = now.get(name) ?? { name, nodes: [], keys: new Map(), policy: cache.policy, percent: cache.percent };
        for (const [field, value] of Object.entries(cache.stats)) {
          if (typeof value === 'number') sum[field] = (sum[field] ?? 0) + value;
        }
        for (const [field, value] of Object.entries(cache.stats.times)) sum[field] = (sum[field] ?? 0) + value;
        for (const key of cache.stats.topKeys) sum.keys.set(key.key, (sum.keys.get(key.key) ?? 0) + key.requests);
        sum.nodes.push({ id: node.id, ...cache });
        sum.percent = Math.min(sum.percent, cache.percent);
        // Worked out by the server, as larder stats and the advisor do.
        for (const field of ['savedNanos', 'sparedLoads', 'sparedNanos']) sum[field] = (sum[field] ?? 0) + cache[field];
        now.set(name, sum);
      }
    }
    this.past.push({ atMillis: this.overview.atMillis, nodes: this.nodes.size, caches: now });
    if (this.past.length > SPAN + 1) this.past.shift();
    // Counters of another number of nodes are no base for a difference.
    const base = this.past.find((each) => each.nodes === this.nodes.size) ?? this.past[0];
    const seconds = Math.max(1, (this.overview.atMillis - base.atMillis) / 1000);
    for (const sum of now.values()) {
      const before = base.caches.get(sum.name);
      const since = (field) => Math.max(0, sum[field] - (before?.[field] ?? sum[field]));
      sum.recent = { l1: since('l1Hits'), l2: since('l2Hits'), database: since('databaseHits'), source: since('misses') };
      sum.recent.all = sum.recent.l1 + sum.recent.l2 + sum.recent.database + sum.recent.source;
      sum.readsPerSecond = sum.recent.all / seconds;
      // Lookups of keys that are switched off: they go to the source, and no tier is asked.
      sum.recent.passes = since('passes');
      sum.passesPerSecond = sum.recent.passes / seconds;
      sum.hits = sum.l1Hits + sum.l2Hits + sum.databaseHits;
      sum.requests = sum.hits + sum.misses;
      sum.hitRate = sum.requests ? sum.hits / sum.requests : NaN;
      const loads = sum.loads + sum.loadFailures;
      sum.meanLoad = loads ? sum.loadNanos / loads : NaN;
    }
    const asked = (cache) => cache.readsPerSecond + cache.passesPerSecond;
    return [...now.values()].sort((a, b) => asked(b) - asked(a) || b.requests - a.requests);
  }

  tell() {
    if (this.changed) return;
    this.changed = true;
    // Not requestAnimationFrame: a page in the background would never tell.
    setTimeout(() => {
      this.changed = false;
      this.dispatchEvent(new Event('change'));
    }, 16);
  }
}

export const store = new Store();
export const OF_NOTE = ['CIRCUIT', 'LINK', 'SWITCH', 'WARM_UP', 'ACTION', 'STALE_FOUND', 'NODE'];
/** Kinds that are kept when there is much traffic. */
export const KEPT = [...OF_NOTE, 'MINUTE'];
