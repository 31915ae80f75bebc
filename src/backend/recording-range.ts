/** A stretch of what was recorded: the same threads, with the time of that stretch only. */
import type { RecordedProblem } from '../contracts/recording.ts';
import type { TimeRange } from '../contracts/profile-source.ts';
import { microseconds } from '../contracts/units.ts';
import { formatTime } from '../format/numbers.ts';
import type { TimeSpan } from '../model/cpu/time-span.ts';
import { Problems } from './problems.ts';
import { commonSpan } from './thread-samples.ts';
import { threadWithin, type ThreadProfile, type WholeThread } from './thread-profile.ts';

/** From the first to the last sample of all threads; undefined without any. */
export function spanOf(threads: readonly ThreadProfile[]): TimeSpan | undefined {
  if (threads.length === 0) return undefined;
  return {
    from: Math.min(...threads.map(({ span }) => span.from)),
    to: Math.max(...threads.map(({ span }) => span.to)),
  };
}

export interface Part {
  /** As far as it lies in what was recorded; as it was asked for where it does not. */
  readonly range: TimeRange;
  /** Those that have time in it. */
  readonly threads: readonly ThreadProfile[];
  /** That there are none. */
  readonly problems: readonly RecordedProblem[];
}

/** `span` is that of all threads, undefined where nothing was sampled. */
export async function partOf(
  wholes: readonly WholeThread[],
  span: TimeSpan | undefined,
  range: TimeRange,
): Promise<Part> {
  const zero = span?.from ?? 0;
  const duration = span ? span.to - zero : 0;
  const asked = { from: zero + range.startMicroseconds, to: zero + range.endMicroseconds };
  const found = span && commonSpan(span, asked);
  const threads: ThreadProfile[] = [];
  for (const whole of found ? wholes : []) {
    const thread = await threadWithin(whole, asked);
    if (thread) threads.push(thread);
  }
  const problems = new Problems();
  if (threads.length === 0) problems.add('nothing-in-range', emptyRange(range, duration));
  return {
    range: found ? relativeTo(zero, found) : endingBy(duration, range),
    threads,
    problems: problems.list,
  };
}

const relativeTo = (zero: number, { from, to }: TimeSpan): TimeRange => ({
  startMicroseconds: from - zero,
  endMicroseconds: to - zero,
});

/** A range without an end ends with the recording. */
const endingBy = (duration: number, { startMicroseconds, endMicroseconds }: TimeRange): TimeRange => ({
  startMicroseconds,
  endMicroseconds: Number.isFinite(endMicroseconds) ? endMicroseconds : Math.max(duration, startMicroseconds),
});

function emptyRange({ startMicroseconds, endMicroseconds }: TimeRange, duration: number) {
  const said = (time: number): string => formatTime(microseconds(time));
  return {
    from: said(startMicroseconds),
    to: Number.isFinite(endMicroseconds) ? said(endMicroseconds) : 'the end',
    duration: said(duration),
  };
}
