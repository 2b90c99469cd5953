/** Reads by answering tier, stacked: an outage is seen as one band giving way to another. */
import { html } from 'lit';
import { Chart, Filler, LineController, LineElement, LinearScale, PointElement, Tooltip } from 'chart.js';
import { Page } from './page.js';
import { OF_NOTE, store } from './store.js';
import { percent, plural, rate, time } from './format.js';
import { KINDS, TIERS, how } from './parts.js';

Chart.register(Filler, LineController, LineElement, LinearScale, PointElement, Tooltip);

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

  /** What began before the chart does, and has not ended. */
  get lasting() {
    const troubles = (store.overview?.troubles ?? []).filter((each) => each.sinceMillis);
    return troubles.length
      ? html`<ul class="marks" aria-label="Before the time axis">${troubles.map((each) => html`<li><span aria-hidden="true">◀</span> since ${time(each.sinceMillis)}: ${each.what}</li>`)}</ul>`
      : html`<p class="quiet">▲ nothing of note in the last ${plural(this.minutes, 'minute')}</p>`;
  }

  render() {
    const now = store.samples[store.samples.length - 1];
    const all = now ? TIERS.reduce((sum, tier) => sum + now[tier.field], 0) : 0;
    const shown = this.shownMarks.slice(-4).reverse();
    return html`<h2>Reads by answering tier <span class="unit">per second, all nodes, last ${this.minutes} min</span></h2>
      <div class="span" role="group" aria-label="Length of the chart">${[1, 5, 10].map((minutes) => html`<button type="button"
        aria-pressed=${this.minutes === minutes} @click=${() => (this.minutes = minutes)}>${minutes} min</button>`)}</div>
      <div class="chart"><canvas role="img" aria-label="Reads per second by the tier that answered them, stacked. The figures of now stand below."></canvas></div>
      <ul class="legend" aria-label="Reads now">${TIERS.map((tier) => html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class=${tier.band} width="10" height="10"></rect></svg>
        ${tier.name} <strong data-band=${tier.field}>${now ? rate(now[tier.field]) : '–'} /s</strong> ${all ? percent(now[tier.field] / all) : ''}</li>`)}</ul>
      ${shown.length
        ? html`<ul class="marks" aria-label="Events on the time axis">${shown.map((event) => html`<li><span aria-hidden="true">▲</span> ${time(event.atMillis)} ${KINDS[event.kind]} ${event.subject}: ${event.text}</li>`)}</ul>`
        : this.lasting}
      ${how('Each node counts the lookups that each tier answered; the difference between two counts, a second apart by the node’s own clock, is its rate. Rates of all nodes are added. The server keeps ten minutes.')}`;
  }
}
customElements.define('reads-chart', ReadsChart);
