import type { TimeSpan } from '../model/cpu/time-span.ts';

/** What the duration of a document is told from. */
export interface TimedThread {
  /** From its first to its last sample; absent where only a tree is known. */
  readonly span?: TimeSpan;
  /** Which of several inputs it is from: each may have a clock of its own. */
  readonly input?: number;
}

/**
 * From the first to the last sample of all threads, in microseconds; undefined without any span. A pause between the
 * processes of one recording counts, one between the inputs does not: nobody knows what was there.
 *
 *   one recording   ├─p1─┤   ├─p2─┤        ──►  14
 *   two inputs      ├─a──┤     ├──b──┤     ──►  6 + 7
 */
export function durationOf(threads: readonly TimedThread[]): number | undefined {
  const spans = new Map<number, TimeSpan>();
  for (const { span, input = 0 } of threads)
    if (span) spans.set(input, joined(spans.get(input) ?? span, span));
  if (spans.size === 0) return undefined;
  let [duration, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of [...spans.values()].sort((a, b) => a.from - b.from)) {
    duration += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return duration;
}

const joined = (a: TimeSpan, b: TimeSpan): TimeSpan => ({
  from: Math.min(a.from, b.from),
  to: Math.max(a.to, b.to),
});
