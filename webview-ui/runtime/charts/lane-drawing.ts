/** What is drawn of a lane: a few hundred points for each series, however long the recording is. */
import { firstAtOrAfter } from '../../../src/analysis/gc/collection-statistics.ts';
import type { Lane, Series } from '../panels/panel.ts';
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
}

/** Pixels of a stacked area that share a row where there are more rows than that. */
const AREA_PIXELS = 2;

/** `pixels`: width of the plot. */
export function drawLane(lane: Lane, series: readonly Series[], frame: Frame, pixels: number): LaneDrawing {
  const marks = MARKS[lane.style](series, frame, pixels, lane.total?.(frame.thread) ?? []);
  return { lane, marks, highest: highestOf(marks) };
}

type Marks = (series: readonly Series[], frame: Frame, pixels: number, total: Series['values']) => Mark[];

const MARKS: Readonly<Record<Lane['style'], Marks>> = {
  // The first series is painted last: it stands before the others.
  lines: (series, frame, pixels) =>
    series.map(each => markOf(each, peakRows(each.at, each.values, frame.span, pixels), frame)).reverse(),
  ticks: (series, frame, pixels) =>
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
  pixels: number,
  total: Series['values'],
): Mark[] {
  const at = series[0]?.at ?? [];
  const seen = firstAtOrAfter(at, span.to) - firstAtOrAfter(at, span.from);
  const choose = seen > pixels / AREA_PIXELS ? highestRows : peakRows;
  const rows = choose(at, total, span, pixels / AREA_PIXELS);
  const times = rows.map(row => at[row] ?? 0);
  let below = rows.map(() => 0);
  const marks = series.map(({ colour, values }) => {
    below = rows.map((row, index) => (below[index] ?? 0) + (values[row] ?? 0));
    return { colour: theme.series[colour], fill: theme.fills[colour], times, heights: below };
  });
  return marks.reverse();
}

function highestOf(marks: readonly Mark[]): number {
  let highest = 0;
  for (const { heights } of marks) for (const height of heights) if (height > highest) highest = height;
  return highest;
}
