import type { RuntimeRecord } from '../../contracts/recording.ts';
import { disjoint, type Span } from './span.ts';

/**
 * When a thread stood still to collect garbage, CLOCK_MONOTONIC, ascending and apart. Pauses of which only the order is
 * known, or only the sum, are left out: they stay with what they interrupted.
 */
export function pauses(records: readonly RuntimeRecord[]): Span[] {
  return disjoint(
    records.flatMap(record => {
      if (record.type !== 'collections' || record.areTimesEstimated) return [];
      const { atMicroseconds, offsetMicroseconds, pauseMicroseconds } = record;
      return offsetMicroseconds.map((offset, index) => {
        const from = atMicroseconds + offset;
        return { from, to: from + (pauseMicroseconds[index] ?? 0) };
      });
    }),
  );
}
