/** What a snapshot of a heap will cost the program, before it is taken. */
import type { ExpectedCost, SnapshotCost } from '../../contracts/leaks.ts';
import { bytes, microseconds } from '../../contracts/units.ts';

export interface HeapSize {
  readonly usedBytes: number;
  /** Of these, in objects above half a page: few objects, but they may hold many others. */
  readonly largeBytes: number;
}

/** A snapshot of the same process that was taken before: its heap then, and what it has cost. */
export interface TakenSnapshot {
  readonly usedBytes: number;
  readonly objects: number;
  readonly cost: SnapshotCost;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

const MEGABYTE = 1e6;
/**
 * V8 works on objects, and cannot be asked how many there are. Measured on Node 20 and 26: a megabyte holds 23,000 objects
 * (records with texts and lists) to 84,000 (records of numbers, each of which is an object in a snapshot); an object takes 2 to 4
 * µs and 200 to 650 bytes. So a megabyte takes 30 to 220 ms and 4 to 20 MB. Above 50 MB the memory itself gets slow: of 554 MB
 * it was 62 to 86 s.
 */
const FIRST = {
  baseMicroseconds: 80_000,
  pauseMicroseconds: { least: 30_000, most: 220_000 },
  extraTimes: { least: 4, most: 20 },
  fileTimes: 2,
  slowerFrom: 50,
  exponent: 0.3,
} as const;
/** How far the next one may be from those of the same process: garbage, and what else the machine does. */
const NEXT: Range = { least: 0.6, most: 1.8 };

/**
 * `taken` are of the same process, oldest first: from then on it is known how many objects it has, and what one costs. `crowd`
 * is how many programs share a processor now, 1 and more: the least is told for an idle machine.
 */
export function expectedCost(heap: HeapSize, taken: readonly TakenSnapshot[], crowd: number): ExpectedCost {
  const last = taken.at(-1);
  return last ? nextCost(heap, taken, last) : firstCost(heap, Math.max(1, crowd));
}

function firstCost({ usedBytes, largeBytes }: HeapSize, crowd: number): ExpectedCost {
  const used = usedBytes / MEGABYTE;
  const small = (usedBytes - largeBytes) / MEGABYTE;
  const { pauseMicroseconds: pause, extraTimes, baseMicroseconds } = FIRST;
  return cost(
    {
      least: baseMicroseconds + pause.least * small * slowdown(small),
      most: crowd * (baseMicroseconds + pause.most * used * slowdown(used)),
    },
    { least: extraTimes.least * (usedBytes - largeBytes), most: extraTimes.most * usedBytes },
    FIRST.fileTimes * usedBytes,
  );
}

const slowdown = (megabytes: number): number => Math.max(1, megabytes / FIRST.slowerFrom) ** FIRST.exponent;

function nextCost(
  { usedBytes }: HeapSize,
  taken: readonly TakenSnapshot[],
  last: TakenSnapshot,
): ExpectedCost {
  const times = usedBytes / Math.max(1, last.usedBytes);
  const objects = last.objects * times;
  const perObject = (of: (cost: SnapshotCost) => number): Range => {
    const rates = taken.map(each => of(each.cost) / Math.max(1, each.objects));
    return { least: NEXT.least * Math.min(...rates), most: NEXT.most * Math.max(...rates) };
  };
  const pause = perObject(({ pauseMicroseconds }) => pauseMicroseconds);
  const extra = perObject(({ extraBytes }) => extraBytes);
  return cost(
    { least: objects * pause.least, most: objects * pause.most },
    {
      least: objects * extra.least,
      // The peak of a process says nothing of a second one that stayed below it.
      most: Math.max(objects * extra.most, FIRST.extraTimes.least * usedBytes),
    },
    last.cost.fileBytes * times,
  );
}

function cost(pause: Range, extra: Range, fileBytes: number): ExpectedCost {
  return {
    pauseMicroseconds: microseconds(middle(pause)),
    leastPauseMicroseconds: microseconds(Math.round(pause.least)),
    mostPauseMicroseconds: microseconds(Math.round(pause.most)),
    extraBytes: bytes(middle(extra)),
    leastExtraBytes: bytes(Math.round(extra.least)),
    mostExtraBytes: bytes(Math.round(extra.most)),
    fileBytes: bytes(Math.round(fileBytes)),
  };
}

/** As often too small as too large. */
const middle = ({ least, most }: Range): number => Math.round(Math.sqrt(least * most));

/** What has to stay free for everything else. */
const SPARE = 0.1;
/** Reading the snapshot while it is written takes that many times the file. */
const READING_TIMES = 1.5;

/** Whether the program and who reads its snapshot fit into what is free, also if it costs the most. */
export const isSafe = ({ mostExtraBytes, fileBytes }: ExpectedCost, freeBytes: number): boolean =>
  mostExtraBytes + READING_TIMES * fileBytes < freeBytes * (1 - SPARE);
