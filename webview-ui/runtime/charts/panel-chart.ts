/** A panel as a chart of Chart.js: one y axis for each lane, one above the other, on the time axis of all panels. */
import { Chart, LinearScale, type Tick } from 'chart.js';
import type { LanesWithSeries } from '../panels/panel.ts';
import { axisText, axisTop } from '../panels/unit-text.ts';
import { type Frame, PLOT_RIGHT, TICK_DISTANCE } from './frame.ts';
import { drawLane, type LaneDrawing } from './lane-drawing.ts';
import { paintLane } from './paint.ts';
import type { Theme } from './theme.ts';
import { timeTicks } from './time-axis.ts';

Chart.register(LinearScale);

/** Pixels: half a label of the y axis. */
const X_HEIGHT = 6;
/** Pixels that a lane leaves free at its top, below the zero of the one above. */
const LANE_GAP = 14;
/** Pixels between labels of a y axis. */
const LABEL_DISTANCE = 32;

interface Layout {
  readonly theme: Theme;
  readonly pixels: number;
  /** Ends of the y axes. */
  readonly tops: string;
}

export class PanelChart {
  readonly #chart: Chart;
  #lanes: LanesWithSeries;
  #frame: Frame;
  #drawn: readonly LaneDrawing[] = [];
  #ticks: Tick[] = [];
  /** What the axes were laid out for. */
  #layout: Layout | undefined;

  constructor(canvas: HTMLCanvasElement, lanes: LanesWithSeries, frame: Frame) {
    this.#lanes = lanes;
    this.#frame = frame;
    this.#chart = new Chart(canvas, {
      type: 'scatter',
      data: { datasets: [] },
      options: {
        ...{ animation: false, parsing: false, normalized: true },
        ...{ responsive: true, maintainAspectRatio: false, events: [] },
        layout: { padding: { right: PLOT_RIGHT } },
        onResize: () => queueMicrotask(() => this.#redraw()),
      },
      plugins: [
        {
          id: 'lanes',
          beforeDatasetsDraw: chart => {
            for (const drawing of this.#drawn) paintLane(chart, drawing);
          },
        },
      ],
    });
    this.draw(lanes, frame);
  }

  /** Where only the rows and the time have changed nothing is laid out anew, which is most of the work. */
  draw(lanes: LanesWithSeries, frame: Frame): void {
    this.#lanes = lanes;
    this.#frame = frame;
    const pixels = Math.max(1, Math.floor(this.#chart.width - frame.axisWidth - PLOT_RIGHT));
    this.#drawn = lanes.map(({ lane, series }) => drawLane(lane, series, frame, pixels));
    this.#ticks = timeTicks(frame.span, pixels / TICK_DISTANCE).map(({ at }) => ({ value: at }));
    const layout = { theme: frame.theme, pixels, tops: this.#drawn.map(laneTop).join() };
    const isSame =
      layout.theme === this.#layout?.theme &&
      layout.pixels === this.#layout.pixels &&
      layout.tops === this.#layout.tops;
    this.#layout = layout;
    if (isSame) this.#moveTime();
    else this.#layOut();
  }

  dispose(): void {
    this.#chart.destroy();
  }

  #moveTime(): void {
    const { x } = this.#chart.scales;
    if (!x) return;
    Object.assign(x, { min: this.#frame.span.from, max: this.#frame.span.to, ticks: this.#ticks });
    x.configure();
    this.#chart.draw();
  }

  #layOut(): void {
    this.#chart.options.scales = { x: this.#xAxis(), ...this.#yAxes() };
    this.#chart.update('none');
  }

  #redraw(): void {
    // Destroyed in the meantime.
    if (this.#chart.ctx !== null) this.draw(this.#lanes, this.#frame);
  }

  /** Without labels: they stand in the ruler above all panels. */
  #xAxis(): object {
    const { span, theme } = this.#frame;
    return {
      ...{ type: 'linear', min: span.from, max: span.to },
      afterBuildTicks: (scale: { ticks: Tick[] }) => {
        scale.ticks = this.#ticks;
      },
      afterFit: (scale: { height: number }) => {
        scale.height = X_HEIGHT;
      },
      ticks: { display: false },
      grid: { color: theme.lines, drawTicks: false },
      border: { display: false },
    };
  }

  #yAxes(): Record<string, object> {
    return Object.fromEntries(
      this.#drawn.map((drawing, index) => [drawing.lane.id, this.#yAxis(drawing, index)]),
    );
  }

  #yAxis(drawing: LaneDrawing, index: number): object {
    const { lane } = drawing;
    const { theme, axisWidth } = this.#frame;
    return {
      ...{ type: 'linear', position: 'left', min: 0, max: laneTop(drawing, index) },
      ...{ stack: 'lanes', stackWeight: lane.height, weight: this.#drawn.length - index },
      afterFit: (scale: { width: number }) => {
        scale.width = axisWidth;
      },
      ticks: {
        ...{ color: theme.text, font: theme.font, includeBounds: false, padding: 6 },
        // The width is given: measuring every label takes longer than drawing it.
        ...{ autoSkip: false, sampleSize: 1 },
        maxTicksLimit: Math.max(2, Math.round(lane.height / LABEL_DISTANCE)) + 1,
        callback: (value: number) => axisText(lane.unit, value),
      },
      grid: { color: theme.lines, drawTicks: false },
      border: { display: false },
    };
  }
}

function laneTop({ lane, highest }: LaneDrawing, index: number): number {
  const room = index === 0 ? 0 : LANE_GAP / lane.height;
  return axisTop(lane.unit, highest) * (1 + room);
}
