/** What is drawn of a lane: a few hundred points for each series, however long the recording is. */
import { firstAtOrAfter, type Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { Lane, LanesWithSeries, Series } from '../panels/panel.ts';
import { highestRows, peakRows } from './downsample.ts';
import type { Frame } from './frame.ts';

export interface Mark {
  readonly colour: string;
  /** Of an area: it reaches from its values down to zero. */
  readonly fill?: string;
  /** Milliseconds, ascending. */
  readonly times: readonly number[];
  /** As high on the y axis; NaN is a gap. */
  readonly heights: readonly number[];
}

export interface LaneDrawing {
  readonly lane: Lane;
  /** In the order in which they are painted. */
  readonly marks: readonly Mark[];
  readonly highest: number;
  /** There is more than can be told apart: it is drawn in another way. */
  readonly isDense: boolean;
}

/** Pixels of a stacked area that share a row where there are more rows than that. */
export const BUCKET_PIXELS = 2;
/** Pixels: ticks that are closer are thinner. */
const TICK_PIXELS = 4;

/** What was drawn of the same axes, which is still true before that time. */
export interface Drawn {
  readonly before: LaneDrawing | undefined;
  readonly until: number;
}

/** `pixels`: width of the plot. */
export function drawLane(
  { lane, series }: LanesWithSeries[number],
  frame: Frame,
  pixels: number,
  { before, until }: Drawn,
): LaneDrawing {
  const isCrowded = lane.style === 'areas' && rowsSeen(series, frame.span) > pixels / BUCKET_PIXELS;
  const draw = (span: Span): Mark[] => {
    const share = (span.to - span.from) / (frame.span.to - frame.span.from);
    const total = lane.total?.(frame.thread) ?? [];
    return MARKS[lane.style](series, { ...frame, span }, { pixels: pixels * share, total, isCrowded });
  };
  const canGoOn =
    before && until > frame.span.from && (lane.style !== 'areas' || before.isDense === isCrowded);
  const marks = canGoOn ? goOn(before.marks, draw, until, frame.span.to) : draw(frame.span);
  const isDense = lane.style === 'ticks' ? pointsOf(marks) * TICK_PIXELS >= pixels : isCrowded;
  return { lane, marks, highest: highestOf(marks), isDense };
}

/** The marks as they were until then, and what is to be drawn from there on. */
function goOn(
  before: readonly Mark[],
  draw: (span: Span) => Mark[],
  until: number,
  to: number,
): readonly Mark[] {
  if (until >= to) return before;
  return draw({ from: until, to }).map((mark, index) => {
    const { times = [], heights = [] } = before[index] ?? {};
    const kept = firstAtOrAfter(times, until);
    const first = firstAtOrAfter(mark.times, until);
    return {
      ...mark,
      times: [...times.slice(0, kept), ...mark.times.slice(first)],
      heights: [...heights.slice(0, kept), ...mark.heights.slice(first)],
    };
  });
}

interface Room {
  readonly pixels: number;
  readonly total: Series['values'];
  readonly isCrowded: boolean;
}

const MARKS: Readonly<
  Record<Lane['style'], (series: readonly Series[], frame: Frame, room: Room) => Mark[]>
> = {
  // The first series is painted last: it stands before the others.
  lines: (series, frame, { pixels }) =>
    series.map(each => markOf(each, peakRows(each.at, each.values, frame.span, pixels), frame)).reverse(),
  ticks: (series, frame, { pixels }) =>
    series.map(each => markOf(each, highestRows(each.at, each.values, frame.span, pixels), frame)),
  areas: stackedMarks,
};

const markOf = ({ at, values, colour }: Series, rows: readonly number[], { theme }: Frame): Mark => ({
  colour: theme.series[colour],
  times: rows.map(row => at[row] ?? 0),
  heights: rows.map(row => values[row] ?? Number.NaN),
});

/**
 * Each series on top of those before it; all take the same rows. The top one is painted first, and each hides the one
 * above as far down as it reaches. Where the teeth of collections are too close to be told apart the heap is drawn as
 * it was before each of them.
 */
function stackedMarks(
  series: readonly Series[],
  { span, theme }: Frame,
  { pixels, total, isCrowded }: Room,
): Mark[] {
  const at = series[0]?.at ?? [];
  const choose = isCrowded ? highestRows : peakRows;
  const rows = choose(at, total, span, pixels / BUCKET_PIXELS);
  const times = rows.map(row => at[row] ?? 0);
  let below = rows.map(() => 0);
  const marks = series.map(({ colour, values }) => {
    below = rows.map((row, index) => (below[index] ?? 0) + (values[row] ?? 0));
    return { colour: theme.series[colour], fill: theme.fills[colour], times, heights: below };
  });
  return marks.reverse();
}

function rowsSeen(series: readonly Series[], { from, to }: Span): number {
  const at = series[0]?.at ?? [];
  return firstAtOrAfter(at, to) - firstAtOrAfter(at, from);
}

const pointsOf = (marks: readonly Mark[]): number => marks.reduce((sum, { times }) => sum + times.length, 0);

function highestOf(marks: readonly Mark[]): number {
  let highest = 0;
  for (const { heights } of marks) for (const height of heights) if (height > highest) highest = height;
  return highest;
}
