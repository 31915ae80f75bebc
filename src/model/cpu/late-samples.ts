/** How often a sampler came, and when it came too late. */

/** A sampler that came so many intervals late has missed what ran: two samples say nothing of the time between. */
const LATE_INTERVALS = 20;
const LATE_MICROSECONDS = 20_000;
/** Intervals looked at for the usual one; sorting those of a million samples would cost more than reading them. */
const PROBED_INTERVALS = 1000;

/** Microseconds between two samples from which on the time between them is nobody's. */
export const lateAfter = (usual: number): number => Math.max(LATE_MICROSECONDS, LATE_INTERVALS * usual);

/** The median of evenly spread intervals, in microseconds. */
export function usualInterval(sampleTime: Float64Array): number {
  const intervals = sampleTime.length - 1;
  if (intervals < 1) return 0;
  const probed = new Float64Array(Math.min(intervals, PROBED_INTERVALS));
  for (let probe = 0; probe < probed.length; probe++) {
    const sample = Math.floor((probe * intervals) / probed.length);
    probed[probe] = sampleTime[sample + 1]! - sampleTime[sample]!;
  }
  return probed.sort()[probed.length >> 1]!;
}
