import type { AllocationMetric } from '../../contracts/profile-source.ts';
import type { PlacedTree } from '../cpu/placed-profile.ts';

/**
 * Where one thread allocated: `self` and the totals of the tree are bytes, its samples are sampled objects.
 *
 * V8 notes the functions on the stack, not their lines, and not those that were inlined: what an inlined function
 * allocates is its caller's. Measured on Node 20, 22, 24 and 26: of two functions that allocate the same, one of them in
 * an inlined callee, both have half of the bytes, and the callee none. No tick says where they were, as those of CPU
 * profiles do, so they stay at the caller.
 */
export interface AllocationTree extends PlacedTree {
  readonly metric: AllocationMetric;
  /** How long allocations were watched for this metric; absent for foreign profiles. */
  readonly watchedMicroseconds?: number;
}
