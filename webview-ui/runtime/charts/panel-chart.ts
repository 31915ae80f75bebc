/** A panel as a chart of Chart.js: one y axis for each lane, one above the other, on the time axis of all panels. */
import { Chart, LinearScale, type Tick } from 'chart.js';
import type { LanesWithSeries } from '../panels/panel.ts';
import { axisText, axisTop } from '../panels/unit-text.ts';
import { type Frame, PLOT_RIGHT, type Theme, TICK_DISTANCE } from './frame.ts';
import { drawLane, type LaneDrawing } from './lane-drawing.ts';
import { addedFrom, paintedFrom, rowCounts } from './added-rows.ts';
import { paintGrid } from './grid.ts';
import { paintLane } from './paint.ts';
import { timeTicks } from '../../time-axis.ts';

Chart.register(LinearScale);

/** Pixels: half a label of the y axis. */
const X_HEIGHT = 6;
/** Pixels that a lane leaves free at its top, below the zero of the one above. */
const LANE_GAP = 14;
/** Pixels: so far what is painted at a time reaches to its left. */
const LINE_END = 2;
/** Pixels between labels of a y axis. */
const LABEL_DISTANCE = 32;

/** What is the same for as long as only rows and time are added. */
interface Layout {
  readonly theme: Theme;
  readonly pixels: number;
  /** Ends of the y axes, and how the lanes are drawn. */
  readonly lanes: string;
}

export class PanelChart {
  readonly #chart: Chart;
  #lanes: LanesWithSeries;
  #frame: Frame;
  #drawn: readonly LaneDrawing[] = [];
  #ticks: Tick[] = [];
  #rows: ReturnType<typeof rowCounts> = [];
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
          beforeDatasetsDraw: chart => this.#paint(chart, Number.NEGATIVE_INFINITY),
        },
      ],
    });
    this.draw(lanes, frame);
  }

  /** Where only the rows and the time have changed nothing is laid out anew, which is most of the work. */
  draw(lanes: LanesWithSeries, frame: Frame): void {
    const pixels = Math.max(1, Math.floor(this.#chart.width - frame.axisWidth - PLOT_RIGHT));
    const added = lanes.map((lane, index) =>
      this.#isStill(frame, pixels)
        ? addedFrom(lane, this.#rows[index], frame.span, pixels)
        : Number.NEGATIVE_INFINITY,
    );
    this.#drawn = lanes.map((lane, index) =>
      drawLane(lane, frame, pixels, { before: this.#drawn[index], until: added[index]! }),
    );
    this.#lanes = lanes;
    this.#frame = frame;
    this.#rows = rowCounts(lanes);
    this.#ticks = timeTicks(frame.span, pixels / TICK_DISTANCE).map(({ at }) => ({ value: at }));
    const before = this.#layout;
    this.#layout = { theme: frame.theme, pixels, lanes: this.#drawn.map(laneLayout).join() };
    if (!isSame(this.#layout, before)) this.#layOut();
    else
      this.#paintAgain(Math.min(...this.#drawn.map((drawing, index) => paintedFrom(drawing, added[index]!))));
  }

  #isStill({ thread, span, theme }: Frame, pixels: number): boolean {
    const before = this.#frame;
    return (
      pixels === this.#layout?.pixels &&
      theme === before.theme &&
      thread === before.thread &&
      isSame(span, before.span)
    );
  }

  dispose(): void {
    this.#chart.destroy();
  }

  /** The plot from that time on; all else stays as it is painted. */
  #paintAgain(since: number): void {
    const { ctx, chartArea, width, height, scales, currentDevicePixelRatio: ratio } = this.#chart;
    const { from, to } = this.#frame.span;
    if (!scales['x'] || since === Number.POSITIVE_INFINITY) return;
    Object.assign(scales['x'], { min: from, max: to, ticks: this.#ticks });
    const pixel = (to - from) / chartArea.width;
    const first = chartArea.left + Math.max(0, since - from) / pixel - LINE_END;
    // A whole pixel of the screen: half a one would be neither cleared nor painted.
    const left = Math.floor(first * ratio) / ratio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, 0, width - left, height);
    ctx.clip();
    ctx.clearRect(left, 0, width - left, height);
    this.#paint(this.#chart, since - 2 * LINE_END * pixel);
    ctx.restore();
  }

  #paint(chart: Chart, since: number): void {
    paintGrid(chart, this.#frame.theme.lines);
    for (const drawing of this.#drawn) paintLane(chart, drawing, since);
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
    const { span } = this.#frame;
    return {
      ...{ type: 'linear', min: span.from, max: span.to },
      afterBuildTicks: (scale: { ticks: Tick[] }) => {
        scale.ticks = this.#ticks;
      },
      afterFit: (scale: { height: number }) => {
        scale.height = X_HEIGHT;
      },
      ticks: { display: false },
      grid: { display: false, drawTicks: false },
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
      grid: { display: false, drawTicks: false },
      border: { display: false },
    };
  }
}

const isSame = <T extends object>(one: T, other: T | undefined): boolean =>
  other !== undefined && (Object.keys(one) as (keyof T)[]).every(key => one[key] === other[key]);

/** What its axis, its labels and the way in which it is drawn depend on. */
const laneLayout = (drawing: LaneDrawing, index: number): string =>
  `${drawing.lane.id} ${laneTop(drawing, index)} ${String(drawing.isDense)}`;

function laneTop({ lane, highest }: LaneDrawing, index: number): number {
  const room = index === 0 ? 0 : LANE_GAP / lane.height;
  return axisTop(lane.unit, highest) * (1 + room);
}
