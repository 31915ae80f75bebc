import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highestRows, peakRows } from '../../../../webview-ui/runtime/charts/downsample.ts';

interface Column {
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
}

const column = fc
  .array(
    fc.record({
      step: fc.double({ min: 0, max: 50, noNaN: true }),
      value: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
    }),
    { maxLength: 300 },
  )
  .map((rows): Column => {
    let time = 0;
    return { at: rows.map(({ step }) => (time += step)), values: rows.map(({ value }) => value) };
  });

const span = fc
  .tuple(fc.double({ min: 0, max: 4000, noNaN: true }), fc.double({ min: 0.5, max: 8000, noNaN: true }))
  .map(([from, length]) => ({ from, to: from + length }));

const pixels = fc.integer({ min: 1, max: 200 });

const seen = ({ at, values }: Column, { from, to }: { from: number; to: number }): number[] =>
  at.flatMap((time, row) => (time >= from && time < to && values[row] != null ? [values[row]] : []));

describe('rows that are drawn', () => {
  test('keep the highest and the lowest value of what is seen', () => {
    fc.assert(
      fc.property(column, span, pixels, (rows, span, pixels) => {
        const kept = peakRows(rows.at, rows.values, span, pixels).map(row => rows.values[row]);
        const all = seen(rows, span);
        if (all.length === 0) return;
        expect(kept).toContain(Math.max(...all));
        expect(kept).toContain(Math.min(...all));
      }),
    );
  });

  test('ascend, are rows of the column, and are at most two for each pixel and one beyond each edge', () => {
    fc.assert(
      fc.property(column, span, pixels, (rows, span, pixels) => {
        const kept = peakRows(rows.at, rows.values, span, pixels);
        expect(kept.length).toBeLessThanOrEqual(2 * pixels + 4);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect(kept.every(row => row >= 0 && row < rows.at.length)).toBe(true);
      }),
    );
  });

  test('reach beyond both edges, so that a line does', () => {
    const at = [0, 10, 20, 30, 40];
    expect(peakRows(at, [1, 2, 3, 4, 5], { from: 15, to: 35 }, 100)).toEqual([1, 2, 3, 4]);
  });

  test('keep a gap where nothing is known', () => {
    const at = [0, 10, 20];
    expect(peakRows(at, [1, null, 3], { from: 0, to: 30 }, 30)).toEqual([0, 1, 2]);
  });
});

describe('events that are drawn', () => {
  test('are the highest of each pixel: no pause vanishes behind a shorter one', () => {
    fc.assert(
      fc.property(column, span, pixels, (rows, span, pixels) => {
        const pixelOf = (row: number): number =>
          Math.floor((rows.at[row]! - span.from) * (pixels / (span.to - span.from)));
        const highest = new Map<number, number>();
        for (const [row, time] of rows.at.entries())
          if (time >= span.from && time < span.to)
            highest.set(pixelOf(row), Math.max(highest.get(pixelOf(row)) ?? -1, rows.values[row] ?? -1));
        const kept = highestRows(rows.at, rows.values, span, pixels);
        expect(new Map(kept.map(row => [pixelOf(row), rows.values[row] ?? -1]))).toEqual(highest);
        expect(kept).toHaveLength(highest.size);
      }),
    );
  });
});
