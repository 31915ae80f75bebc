/** Allocations as a part of the document. */
import type { AllocationTree } from '../analysis/allocations/allocation-tree.ts';
import {
  allocatingFunctions,
  allocatingPaths,
  type Allocations,
} from '../analysis/allocations/allocations.ts';
import type { HeldThread } from '../analysis/heap/held-thread.ts';
import type { AllocationSummary, ProfileDocument } from '../contracts/document.ts';
import type { ThreadRecord } from '../contracts/recording.ts';

/** A thread's allocations with what the recording knows of the thread. */
export interface AllocationInput extends AllocationTree {
  readonly thread?: ThreadRecord;
  /** What a file calls it. Untrusted. */
  readonly name?: string;
  /** Of `live`: how it has become more, or not. */
  readonly held?: HeldThread;
}

/** What a document holds at most; lighter ones are left out. */
const MOST = { functions: 500, internals: 100, paths: 20 } as const;

/** Undefined where nothing was recorded. */
export function allocationSummaries(allocations: readonly Allocations[]): ProfileDocument['allocations'] {
  if (allocations.length === 0) return undefined;
  return Object.fromEntries(allocations.map(each => [each.metric, summaryOf(each)]));
}

function summaryOf(allocations: Allocations): AllocationSummary {
  const { profile, totals, watchedMicroseconds } = allocations;
  const samples = profile.threads.reduce((sum, { tree }) => sum + tree.samples.reduce((a, b) => a + b, 0), 0);
  return {
    bytes: totals.cpuMicroseconds,
    samples,
    ...(watchedMicroseconds > 0 ? { watchedMicroseconds } : {}),
    hotFunctions: allocatingFunctions(allocations, MOST.functions),
    hotInternals: allocatingFunctions(allocations, MOST.internals, ['node', 'native']),
    hotPaths: allocatingPaths(allocations, MOST.paths),
  };
}
