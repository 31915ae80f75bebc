/** A stretch of what was recorded: the same threads, with the time of that stretch only. */
import type { RecordedProblem } from '../contracts/recording.ts';
import type { TimeRange } from '../contracts/profile-source.ts';
import { microseconds } from '../contracts/units.ts';
import { formatTime } from '../format/numbers.ts';
import type { TimeSpan } from '../model/cpu/cells.ts';
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
  const asked = { from: zero + range.startMicroseconds, to: zero + range.endMicroseconds };
  const found = span && commonSpan(span, asked);
  const threads: ThreadProfile[] = [];
  for (const whole of found ? wholes : []) {
    const thread = await threadWithin(whole, asked);
    if (thread) threads.push(thread);
  }
  const problems = new Problems();
  if (threads.length === 0) problems.add('nothing-in-range', emptyRange(range, span));
  return {
    range: found ? { startMicroseconds: found.from - zero, endMicroseconds: found.to - zero } : range,
    threads,
    problems: problems.list,
  };
}

function emptyRange({ startMicroseconds, endMicroseconds }: TimeRange, span: TimeSpan | undefined) {
  const [from, to, duration] = [startMicroseconds, endMicroseconds, span ? span.to - span.from : 0].map(
    time => formatTime(microseconds(time)),
  );
  return { from: from!, to: to!, duration: duration! };
}
