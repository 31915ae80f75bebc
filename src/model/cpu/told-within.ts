import type { CpuProfile } from './profile.ts';
import { spansWithin, type TimeSpan } from './time-span.ts';

/** The segment as one that tells of no time outside `spans`, which ascend and are apart. */
export function toldWithin(segment: CpuProfile, spans: readonly TimeSpan[]): CpuProfile {
  const told = segment.kept ?? [{ from: segment.startTime, to: segment.endTime }];
  return { ...segment, kept: told.flatMap(span => spansWithin(spans, span)) };
}
