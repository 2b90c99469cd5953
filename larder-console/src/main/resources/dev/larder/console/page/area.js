/** Reads by answering tier, stacked: an outage is seen as one band giving way to another. */
import { html } from 'lit';
import { Chart, Filler, LineController, LineElement, LinearScale, PointElement, Tooltip } from 'chart.js';
import { Page } from './page.js';
import { OF_NOTE, store } from './store.js';
import { percent, plural, rate, time } from './format.js';
import { KINDS, TIERS, how } from './parts.js';

Chart.register(Filler, LineController, LineElement, LinearScale, PointElement, Tooltip);

const MOST_LINES = 6;

/** What tells of the larder itself; orders and the like give way to it in the list. */
const WEIGHTY = ['CIRCUIT', 'LINK', 'STALE_FOUND'];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Lines at the moments of events. */
const marks = {
  id: 'marks',
  afterDatasetsDraw(chart) {
    const { ctx, chartArea, scales } = chart;
    ctx.save();
    ctx.strokeStyle = colour('--text');
    ctx.fillStyle = colour('--text');
    ctx.setLineDash([3, 3]);
    for (const event of chart.options.marks) {
      const x = scales.x.getPixelForValue(event.atMillis);
      if (x < chartArea.left || x > chartArea.right) continue;
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.fillText('▲', x - 4, chartArea.bottom + 9);
    }
    ctx.restore();
  },
};

export class ReadsChart extends Page {
  static properties = { ...Page.properties, minutes: { state: true } };

  constructor() {
    super();
    this.minutes = 5;
  }

  connectedCallback() {
    super.connectedCallback();
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.paint = () => this.recolour();
    this.dark.addEventListener('change', this.paint);
    document.addEventListener('larder-theme', this.paint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.dark.removeEventListener('change', this.paint);
    document.removeEventListener('larder-theme', this.paint);
    this.chart?.destroy();
    this.chart = undefined;
  }

  recolour() {
    this.chart?.destroy();
    this.chart = undefined;
    this.requestUpdate();
  }

  get span() {
    const end = store.overview?.atMillis ?? Date.now();
    // While there is little past, the chart is of that alone and not mostly empty.
    const first = store.samples[0]?.atMillis ?? end;
    return { end, start: Math.max(end - this.minutes * 60_000, Math.min(first, end - 30_000)) };
  }

  get shownMarks() {
    const { start } = this.span;
    return store.events.filter((event) => OF_NOTE.includes(event.kind) && event.atMillis >= start);
  }

  updated() {
    const canvas = this.querySelector('canvas');
    if (!this.chart) this.chart = this.make(canvas);
    const { start, end } = this.span;
    const samples = store.samples.filter((sample) => sample.atMillis >= start);
    this.chart.data.datasets.forEach((set, index) => {
      set.data = samples.map((sample) => ({ x: sample.atMillis, y: sample[TIERS[index].field] }));
    });
    this.chart.options.scales.x.min = start;
    this.chart.options.scales.x.max = end;
    this.chart.options.marks = this.shownMarks;
    this.chart.update('none');
  }

  make(canvas) {
    const text = colour('--quiet');
    const grid = colour('--line');
    return new Chart(canvas, {
      type: 'line',
      plugins: [marks],
      data: {
        datasets: TIERS.map((tier, index) => ({
          label: tier.name,
          data: [],
          stack: 'reads',
          backgroundColor: colour(`--${tier.band}`),
          borderColor: colour('--panel'),
          borderWidth: 1,
          pointRadius: 0,
          fill: index === 0 ? 'origin' : '-1',
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        marks: [],
        interaction: { mode: 'index', intersect: false },
        plugins: { tooltip: { callbacks: {
          title: (items) => time(items[0].parsed.x),
          label: (item) => ` ${item.dataset.label}: ${rate(item.raw.y)} /s`,
        } } },
        scales: {
          x: { type: 'linear', grid: { color: grid }, ticks: { color: text, maxTicksLimit: 7, maxRotation: 0, callback: (value) => time(value) } },
          y: { stacked: true, beginAtZero: true, grid: { color: grid }, ticks: { color: text, maxTicksLimit: 5, callback: (value) => rate(value) } },
        },
      },
    });
  }

  /**
   * What is listed: what lasts and is not on the axis, then circuits and links, and what room they leave to all else.
   * Orders of operators come by the dozen while an outage lasts, and must not push it out.
   */
  get listed() {
    const { start } = this.span;
    const events = this.shownMarks.reverse();
    const weighty = events.filter((event) => WEIGHTY.includes(event.kind));
    // A node learns of it some seconds after the tier answered last; events are those of one node alone.
    const isOnAxis = ({ sinceMillis, what }) => sinceMillis >= start && weighty.some((event) => what.startsWith(`${event.node} `)
      && event.atMillis >= sinceMillis - 1000 && event.atMillis <= sinceMillis + 10_000);
    const lasting = (store.overview?.troubles ?? []).filter((each) => each.sinceMillis && !isOnAxis(each));
    // Neither of the two takes all the room.
    const before = lasting.slice(0, Math.max(MOST_LINES / 2, MOST_LINES - weighty.length));
    const first = weighty.slice(0, MOST_LINES - before.length);
    // The order by which a switch stands is told as what lasts.
    const rest = events.filter((event) => !WEIGHTY.includes(event.kind) && !before.some((each) => each.sinceMillis === event.atMillis))
      .slice(0, MOST_LINES - before.length - first.length);
    return { before, shown: events.filter((event) => first.includes(event) || rest.includes(event)) };
  }

  render() {
    const now = store.samples[store.samples.length - 1];
    const all = now ? TIERS.reduce((sum, tier) => sum + now[tier.field], 0) : 0;
    const { before, shown } = this.listed;
    return html`<h2>Reads by answering tier <span class="unit">per second, all nodes, last ${this.minutes} min</span></h2>
      <div class="span" role="group" aria-label="Length of the chart">${[1, 5, 10].map((minutes) => html`<button type="button"
        aria-pressed=${this.minutes === minutes} @click=${() => (this.minutes = minutes)}>${minutes} min</button>`)}</div>
      <div class="chart"><canvas role="img" aria-label="Reads per second by the tier that answered them, stacked. The figures of now stand below."></canvas></div>
      <ul class="legend" aria-label="Reads now">${TIERS.map((tier) => html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class=${tier.band} width="10" height="10"></rect></svg>
        ${tier.name} <strong data-band=${tier.field}>${now ? rate(now[tier.field]) : '–'} /s</strong> ${all ? percent(now[tier.field] / all) : ''}</li>`)}</ul>
      ${before.length + shown.length
        ? html`<ul class="marks" aria-label="Events on the time axis and before it">
            ${before.map((each) => html`<li><span aria-hidden="true">◀</span> since ${time(each.sinceMillis)}: ${each.what}</li>`)}
            ${shown.map((event) => html`<li><span aria-hidden="true">▲</span> ${time(event.atMillis)} ${KINDS[event.kind]} ${event.subject}: ${event.text}</li>`)}</ul>`
        : html`<p class="quiet">▲ nothing of note in the last ${plural(this.minutes, 'minute')}</p>`}
      ${how('Each node counts the lookups that each tier answered; the difference between two counts, a second apart by the node’s own clock, is its rate. Rates of all nodes are added. The server keeps ten minutes.')}`;
  }
}
customElements.define('reads-chart', ReadsChart);
