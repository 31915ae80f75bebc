/** How V8 numbers the kinds of its garbage collections (`GCType`), as PerformanceObserver gives them. */
export const GC_TYPE = {
  scavenge: 1,
  minor: 2,
  markSweepCompact: 4,
  incremental: 8,
  weakCallbacks: 16,
} as const;

const STEPS_PER_DOUBLING = 4;

/** Step of a pause in a histogram with steps of 19 %: step n holds pauses up to 2^(n/4) microseconds. */
export const pauseStep = (microseconds: number): number =>
  Math.ceil(STEPS_PER_DOUBLING * Math.log2(Math.max(1, microseconds)));

/** The middle of a step, in microseconds: at most 9 % off. */
export const pauseOfStep = (step: number): number => 2 ** ((step - 0.5) / STEPS_PER_DOUBLING);
