/**
 * Paints the marks of lanes onto a chart. Chart.js would make an object of each point, and stroke each area: for ten
 * minutes of data that took longer than all the rest of the page.
 */
import type { Chart } from 'chart.js';
import { firstAtOrAfter } from '../../../src/analysis/gc/collection-statistics.ts';
import type { Lane } from '../panels/panel.ts';
import type { LaneDrawing, Mark } from './lane-drawing.ts';

/** From milliseconds and values to pixels. */
interface Plot {
  readonly context: CanvasRenderingContext2D;
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  readonly since: number;
  readonly isDense: boolean;
}

/** A line as thin as a pixel is painted many times faster than a thicker one. */
const LINE = 1;
/** Whole pixels: between them a tick would be twice as wide and half as clear. */
const TICK = 2;

/** What was before `since`, in milliseconds, may be left out. */
export function paintLane({ ctx, chartArea, scales }: Chart, drawing: LaneDrawing, since: number): void {
  const { lane, marks, isDense } = drawing;
  const { x, [lane.id]: y } = scales;
  if (!x || !y) return;
  const plot = {
    ...{ context: ctx, since, isDense },
    x: linear(x, chartArea.left, chartArea.right),
    y: linear(y, y.bottom, y.top),
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(chartArea.left, y.top, chartArea.width, y.height);
  ctx.clip();
  PAINT[lane.style](plot, marks);
  ctx.restore();
}

export function linear(
  { min, max }: { readonly min: number; readonly max: number },
  start: number,
  end: number,
) {
  const scale = (end - start) / (max - min);
  return (value: number): number => start + (value - min) * scale;
}

const PAINT: Readonly<Record<Lane['style'], (plot: Plot, marks: readonly Mark[]) => void>> = {
  lines: (plot, marks) => marks.forEach(mark => paintLine(plot, mark)),
  areas: (plot, marks) => marks.forEach(mark => paintArea(plot, mark)),
  ticks: paintTicks,
};

function paintLine(plot: Plot, { times, heights, colour }: Mark): void {
  const { context, x, y } = plot;
  let isDown = false;
  context.beginPath();
  for (let point = firstPoint(plot, times); point < times.length; point++) {
    const height = heights[point]!;
    if (Number.isNaN(height)) isDown = false;
    else if (isDown) context.lineTo(x(times[point]!), y(height));
    else context.moveTo(x(times[point]!), y(height));
    isDown = !Number.isNaN(height);
  }
  context.lineWidth = LINE;
  context.lineJoin = 'bevel';
  context.strokeStyle = colour;
  context.stroke();
  if (times.length === 1) paintDot(plot, x(times[0]!), y(heights[0]!), colour);
}

/** A single measurement makes no line. */
function paintDot({ context }: Plot, x: number, y: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, 2.5, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function paintArea(plot: Plot, mark: Mark): void {
  const { context, x, y } = plot;
  const { times, heights, fill = mark.colour } = mark;
  if (times.length === 0) return;
  const first = firstPoint(plot, times);
  context.fillStyle = fill;
  context.beginPath();
  context.moveTo(x(times[first]!), y(0));
  for (let point = first; point < times.length; point++) context.lineTo(x(times[point]!), y(heights[point]!));
  context.lineTo(x(times.at(-1)!), y(0));
  context.fill();
  paintLine(plot, mark);
}

interface Tick {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

/** The highest first, so that lower ones of another colour stay visible before them. */
function paintTicks({ context, x, y, since, isDense }: Plot, marks: readonly Mark[]): void {
  const bottom = y(0);
  const ticks = marks.flatMap(({ times, heights, colour }) => {
    const first = firstAtOrAfter(times, since);
    // An event of no length is still one.
    return times.slice(first).map((time, index): Tick => ({
      x: x(time),
      y: Math.min(bottom - 1, y(heights[first + index]!)),
      colour,
    }));
  });
  for (const tick of ticks.sort((a, b) => a.y - b.y)) {
    context.fillStyle = tick.colour;
    context.fillRect(Math.round(tick.x) - 1, tick.y, isDense ? 1 : TICK, bottom - tick.y);
  }
}

/** The last point before that time: a line to the next one is seen. */
const firstPoint = ({ since }: Plot, times: readonly number[]): number =>
  Math.max(0, firstAtOrAfter(times, since) - 1);
