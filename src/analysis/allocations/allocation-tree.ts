import type { Metric } from '../../contracts/profile-source.ts';
import type { PlacedTree } from '../cpu/placed-profile.ts';

/** All bytes that were allocated, or those that are still held. */
export type AllocationMetric = Exclude<Metric, 'cpu'>;

/** Where one thread allocated: `self` and the totals of the tree are bytes, its samples are sampled objects. */
export interface AllocationTree extends PlacedTree {
  readonly metric: AllocationMetric;
  /** How long allocations were watched for this metric; absent for foreign profiles. */
  readonly watchedMicroseconds?: number;
}
