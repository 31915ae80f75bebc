/**
 * Fewer rows than a chart has pixels, without losing a peak: of the rows that fall on one pixel the highest and the
 * lowest stay. (LTTB, the usual way, keeps shapes but may drop a peak.)
 */
import { firstAtOrAfter, type Span } from '../../../src/analysis/gc/collection-statistics.ts';

type Values = ArrayLike<number | null>;

/**
 * Rows to draw a line through, ascending: the highest and the lowest of each pixel, and the neighbours of the span, so
 * that the line reaches its edges. Of a pixel where nothing is known one row stays, which makes the gap.
 */
export function peakRows(at: ArrayLike<number>, values: Values, span: Span, pixels: number): number[] {
  const first = firstAtOrAfter(at, span.from);
  const end = firstAtOrAfter(at, span.to);
  const rows: number[] = first > 0 ? [first - 1] : [];
  eachPixel(at, first, end, span, pixels, (start, stop) => {
    const [lowest, highest] = extremes(values, start, stop);
    rows.push(Math.min(lowest, highest));
    if (lowest !== highest) rows.push(Math.max(lowest, highest));
  });
  if (end < at.length) rows.push(end);
  return rows;
}

/** The row with the highest value of each pixel that has one. */
export function highestRows(at: ArrayLike<number>, values: Values, span: Span, pixels: number): number[] {
  const rows: number[] = [];
  const first = firstAtOrAfter(at, span.from);
  eachPixel(at, first, firstAtOrAfter(at, span.to), span, pixels, (start, stop) =>
    rows.push(extremes(values, start, stop)[1]),
  );
  return rows;
}

/** Calls back with the rows (from, up to) of each pixel that has any. */
function eachPixel(
  at: ArrayLike<number>,
  first: number,
  end: number,
  span: Span,
  pixels: number,
  visit: (start: number, stop: number) => void,
): void {
  const width = (span.to - span.from) / Math.max(1, pixels);
  let start = first;
  while (start < end) {
    const edge = span.from + (Math.floor((at[start]! - span.from) / width) + 1) * width;
    let stop = start + 1;
    while (stop < end && at[stop]! < edge) stop++;
    visit(start, stop);
    start = stop;
  }
}

/** Rows of the lowest and of the highest value; unknown ones count only where there is nothing else. */
function extremes(values: Values, start: number, stop: number): readonly [lowest: number, highest: number] {
  let lowest = start;
  let highest = start;
  for (let row = start + 1; row < stop; row++) {
    const value = values[row];
    if (value == null) continue;
    const low = values[lowest];
    const high = values[highest];
    if (low == null || value < low) lowest = row;
    if (high == null || value > high) highest = row;
  }
  return [lowest, highest];
}
