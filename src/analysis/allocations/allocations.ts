/** What the threads of a program have allocated, or still hold, by function. */
import type { AllocatingFunction, AllocatingPath } from '../../contracts/document.ts';
import type { AllocationMetric } from '../../contracts/profile-source.ts';
import { hotFunctions } from '../cpu/hot-functions.ts';
import { hotPaths } from '../cpu/hot-paths.ts';
import type { Owner } from '../cpu/owner.ts';
import { placeFunctions, type PlacedProfile } from '../cpu/placed-profile.ts';
import { functionTotals, type FunctionTotals } from '../cpu/totals.ts';
import type { AllocationTree } from './allocation-tree.ts';

/** The trees of one metric; its totals are bytes. */
export interface Allocations {
  readonly metric: AllocationMetric;
  readonly profile: PlacedProfile;
  readonly totals: FunctionTotals;
  /** Of the thread that was watched longest. */
  readonly watchedMicroseconds: number;
}

/** In the order of the switch; a metric without trees is left out. */
export function allocationsByMetric(trees: readonly AllocationTree[]): Allocations[] {
  return METRICS.flatMap(metric => {
    const own = trees.filter(tree => tree.metric === metric);
    if (own.length === 0) return [];
    const profile = placeFunctions(own);
    const watched = own.map(({ watchedMicroseconds = 0 }) => watchedMicroseconds);
    return [{ metric, profile, totals: functionTotals(profile), watchedMicroseconds: Math.max(...watched) }];
  });
}

const METRICS: readonly AllocationMetric[] = ['allocated', 'live'];

/** Those with most bytes of their own, the heaviest first. */
export function allocatingFunctions(
  { profile, totals }: Allocations,
  limit: number,
  owners?: readonly Owner[],
): AllocatingFunction[] {
  return hotFunctions(profile, totals, limit, owners).map(
    ({ selfMicroseconds: selfBytes, totalMicroseconds: totalBytes, ...rest }) => ({
      ...rest,
      selfBytes,
      totalBytes,
    }),
  );
}

/** From the outermost caller to the function that allocates. */
export function allocatingPaths({ profile, totals }: Allocations, limit: number): AllocatingPath[] {
  return hotPaths(profile, totals, limit).map(({ selfMicroseconds: selfBytes, ...rest }) => ({
    ...rest,
    selfBytes,
  }));
}
