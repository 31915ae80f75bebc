/** How often a sampler came, and when it came too late. */
import type { TimeSpan } from './time-span.ts';
import type { CpuProfile } from './profile.ts';

/** A sampler that came so many intervals late has missed what ran: two samples say nothing of the time between. */
const LATE_INTERVALS = 20;
const LATE_MICROSECONDS = 20_000;
/** Intervals looked at for the usual one; sorting those of a million samples would cost more than reading them. */
const PROBED_INTERVALS = 1000;

/** Microseconds between two samples from which on the time between them is nobody's. */
export const lateAfter = (usual: number): number => Math.max(LATE_MICROSECONDS, LATE_INTERVALS * usual);

/** The median of evenly spread intervals, in microseconds. */
export function usualInterval({ sampleTime, kept }: Pick<CpuProfile, 'sampleTime' | 'kept'>): number {
  if (kept) return median(intervalsWithin(sampleTime, kept));
  const intervals = sampleTime.length - 1;
  const probed = new Float64Array(Math.max(0, Math.min(intervals, PROBED_INTERVALS)));
  for (let probe = 0; probe < probed.length; probe++) {
    const sample = Math.floor((probe * intervals) / probed.length);
    probed[probe] = sampleTime[sample + 1]! - sampleTime[sample]!;
  }
  return median(probed);
}

/** Between two stretches that are kept there may have been samples. */
function intervalsWithin(sampleTime: Float64Array, kept: readonly TimeSpan[]): Float64Array {
  const found: number[] = [];
  let sample = 0;
  for (const { from, to } of kept) {
    while (sampleTime[sample + 1]! <= from) sample++;
    for (; sampleTime[sample]! < to && sample + 1 < sampleTime.length; sample++)
      found.push(sampleTime[sample + 1]! - sampleTime[sample]!);
  }
  return Float64Array.from(found);
}

const median = (values: Float64Array): number => values.sort()[values.length >> 1] ?? 0;
