/** What rows that were added change of a plot whose axes stand still: only that is drawn and painted again. */
import { firstAtOrAfter, type Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { LanesWithSeries, Series } from '../panels/panel.ts';
import { BUCKET_PIXELS, type LaneDrawing } from './lane-drawing.ts';

/** How many rows each series of a lane had. */
type RowCounts = readonly { readonly at: Series['at']; readonly count: number }[];

export const rowCounts = (lanes: LanesWithSeries): readonly RowCounts[] =>
  lanes.map(({ series }) => series.map(({ at }) => ({ at, count: at.length })));

/**
 * When the pixels begin that the first added row of a lane, or the last one before it, lies on: of the rows on them
 * others may be drawn now. -Infinity where all is new, Infinity where nothing is.
 */
export function addedFrom(
  { series }: LanesWithSeries[number],
  before: RowCounts | undefined,
  { from, to }: Span,
  pixels: number,
): number {
  if (before?.length !== series.length) return Number.NEGATIVE_INFINITY;
  const last = Math.min(...series.map(({ at }, index) => lastBefore(at, before[index])));
  const bucket = ((to - from) / pixels) * BUCKET_PIXELS;
  return Number.isFinite(last) ? from + Math.floor((last - from) / bucket) * bucket : last;
}

function lastBefore(at: Series['at'], before: RowCounts[number] | undefined): number {
  if (before?.at !== at) return Number.NEGATIVE_INFINITY;
  if (before.count === at.length) return Number.POSITIVE_INFINITY;
  return at[before.count - 1] ?? Number.NEGATIVE_INFINITY;
}

/** When the lines and the edges of areas begin that end at that time or later. */
export function paintedFrom({ lane, marks }: LaneDrawing, added: number): number {
  if (lane.style === 'ticks' || added === Number.POSITIVE_INFINITY) return added;
  return Math.min(
    ...marks.map(({ times }) => times[firstAtOrAfter(times, added) - 1] ?? Number.NEGATIVE_INFINITY),
  );
}
