/**
 * Much of the CPU goes into garbage collection: the program allocates faster than it should.
 *
 * One tenth is the usual rule of thumb at which a larger young generation or fewer allocations pay off; below it
 * other work matters more.
 */
import { percent, type FindIn } from './profile-facts.ts';

const LEAST_SHARE = 0.1;
const LEAST_MICROSECONDS = 200_000;

export const garbageCollection: FindIn = ({ breakdown, cpuMicroseconds }) => {
  const { garbageCollectionMicroseconds: spent } = breakdown;
  const share = spent / cpuMicroseconds;
  if (!(share >= LEAST_SHARE) || spent < LEAST_MICROSECONDS) return [];
  return [
    {
      id: 'garbage-collection',
      severity: 'warning',
      message: `Garbage collection takes ${percent(share)} % of the busy time`,
      advice:
        'Allocate less in the hot functions, or give short-lived objects more room (--max-semi-space-size).',
      evidence: { share, garbageCollectionMicroseconds: spent },
    },
  ];
};
