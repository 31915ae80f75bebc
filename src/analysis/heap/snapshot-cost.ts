/** What a snapshot of a heap will cost the program, before it is taken. */
import type { SnapshotCost } from '../../contracts/leaks.ts';
import { bytes, microseconds } from '../../contracts/units.ts';

/** A snapshot of the same process that was taken before: its heap then, and what it has cost. */
export interface TakenSnapshot {
  readonly usedBytes: number;
  readonly cost: SnapshotCost;
}

const MEGABYTE = 1e6;
/**
 * Fitted to Node 20 to 26 on two cores: 0.8 s at 23 MB of live heap, 2.6 s at 55 MB, 6 s at 112 MB, 74 s at 554 MB, each
 * with 10 to 12 times the live heap in memory. A file is about as large as the heap.
 */
const PAUSE = { base: 150_000, factor: 9300, exponent: 1.42 } as const;
const EXTRA_TIMES = 11;
const FILE_TIMES = 1.1;

/** Of the same process it is known how it went the last time: its cost grows with the heap from there on. */
export function expectedCost(usedBytes: number, before?: TakenSnapshot): SnapshotCost {
  if (!before) return firstCost(usedBytes);
  const times = usedBytes / Math.max(1, before.usedBytes);
  const { pauseMicroseconds, extraBytes, fileBytes } = before.cost;
  return {
    pauseMicroseconds: microseconds(Math.round(pauseMicroseconds * times ** PAUSE.exponent)),
    // The peak of a process says nothing of a second one that stayed below it.
    extraBytes: bytes(Math.round(Math.max(extraBytes * times, firstCost(usedBytes).extraBytes / 2))),
    fileBytes: bytes(Math.round(fileBytes * times)),
  };
}

function firstCost(usedBytes: number): SnapshotCost {
  const megabytes = usedBytes / MEGABYTE;
  return {
    pauseMicroseconds: microseconds(Math.round(PAUSE.base + PAUSE.factor * megabytes ** PAUSE.exponent)),
    extraBytes: bytes(Math.round(EXTRA_TIMES * usedBytes)),
    fileBytes: bytes(Math.round(FILE_TIMES * usedBytes)),
  };
}

/** What has to stay free for everything else. */
const SPARE = 0.1;

export const isSafe = ({ extraBytes }: SnapshotCost, freeBytes: number): boolean =>
  extraBytes < freeBytes * (1 - SPARE);
