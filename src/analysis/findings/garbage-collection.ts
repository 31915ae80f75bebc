/**
 * Much of the time goes into garbage collection: the program allocates faster than it should.
 *
 * One tenth is the usual rule of thumb at which a larger young generation or fewer allocations pay off; below it
 * other work matters more. Pauses are measured where the recording watched them, else estimated from samples.
 */
import type { Finding } from '../../contracts/finding.ts';
import { percent, type FindIn, type ProfileFacts } from './profile-facts.ts';

const LEAST_SHARE = 0.1;
const LEAST_MICROSECONDS = 200_000;
const ESTIMATED_ADVICE =
  'Allocate less in the hot functions, or give short-lived objects more room (--max-semi-space-size).';
/** Whether more room helps, the heaps before and after collections tell: see present/runtime/gc-sentence.ts. */
const MEASURED_ADVICE =
  'Allocate less in the hot functions; below it is said which collections they are, and what would help.';

export const garbageCollection: FindIn = facts => {
  const { spent, evidence } = spentOf(facts);
  const share = spent / facts.cpuMicroseconds;
  if (!(share >= LEAST_SHARE) || spent < LEAST_MICROSECONDS) return [];
  return [
    {
      id: 'garbage-collection',
      severity: 'warning',
      message: `Garbage collection takes ${percent(share)} % of the busy time`,
      advice: facts.gc ? MEASURED_ADVICE : ESTIMATED_ADVICE,
      evidence: { share, ...evidence },
    },
  ];
};

function spentOf({ breakdown, gc }: ProfileFacts): { spent: number; evidence: Finding['evidence'] } {
  if (!gc) {
    const { garbageCollectionMicroseconds } = breakdown;
    return { spent: garbageCollectionMicroseconds, evidence: { garbageCollectionMicroseconds } };
  }
  const kinds = Object.values(gc.byKind);
  const pauseMilliseconds = kinds.reduce((sum, kind) => sum + kind.pauseMilliseconds.total, 0);
  return {
    spent: pauseMilliseconds * 1000,
    evidence: { pauseMilliseconds, collections: gc.count, p95Milliseconds: gc.pauseMilliseconds.p95 },
  };
}
