/** Bars of Chart.js, one for each epoch. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import type { LeakState } from '../../src/contracts/leaks.ts';
import { formatCount } from '../../src/format/numbers.ts';
import type { Theme } from '../runtime/charts/frame.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

const COLOURS = { leak: 'red', suspect: 'yellow', cleared: 'green' } as const;
/** Pixels. */
const WIDEST_BAR = 48;

export class GrowthChart {
  readonly #chart: Chart<'bar', number[], string>;

  constructor(canvas: HTMLCanvasElement) {
    this.#chart = new Chart(canvas, {
      type: 'bar',
      data: { labels: [], datasets: [] },
      options: { animation: false, responsive: true, maintainAspectRatio: false, events: [] },
    });
  }

  draw(counts: readonly number[], state: LeakState, { series, text, lines, font }: Theme): void {
    const ticks = { color: text, font };
    const chart = this.#chart;
    chart.data = {
      labels: counts.map((_, index) => `epoch ${index + 1}`),
      datasets: [{ data: [...counts], backgroundColor: series[COLOURS[state]], maxBarThickness: WIDEST_BAR }],
    };
    chart.options.scales = {
      x: { ticks, grid: { display: false }, border: { color: lines } },
      y: {
        min: 0,
        ticks: { ...ticks, maxTicksLimit: 5, precision: 0, callback: value => formatCount(Number(value)) },
        grid: { color: lines, drawTicks: false },
        border: { display: false },
      },
    };
    chart.update('none');
  }

  dispose(): void {
    this.#chart.destroy();
  }
}
