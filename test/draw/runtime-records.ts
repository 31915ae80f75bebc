import { GC_TYPE } from '../../src/contracts/garbage-collection.ts';
import type { RuntimeRecord } from '../../src/contracts/recording.ts';
import type { CollectionsRecord } from '../../src/contracts/runtime-records.ts';
import { ranThread } from './recorded-thread.ts';

const MEGABYTE = 1e6;
const TYPES: Readonly<Record<string, number>> = {
  scavenge: GC_TYPE.scavenge,
  'mark-sweep-compact': GC_TYPE.markSweepCompact,
  incremental: GC_TYPE.incremental,
};

/**
 * Records of a thread, one line per collection: when it began and how long it paused in milliseconds, megabytes by space.
 *
 *     watched 2000
 *     100 scavenge 2 new 16→1 old 40→43
 *     500 mark-sweep-compact 30 forced
 */
export function drawRecords(text: string): RuntimeRecord[] {
  const { thread } = ranThread([]);
  const records: RuntimeRecord[] = [thread];
  for (const line of text.trim().split('\n')) {
    const [first = '', second = '', ...rest] = line.trim().split(/\s+/);
    records.push(
      first === 'watched' ? sample(Number(second) * 1000) : collection(Number(first), second, rest),
    );
  }
  return records;
}

function sample(atMicroseconds: number): RuntimeRecord {
  return {
    ...{ type: 'sample', atMicroseconds, spanMicroseconds: 1_000_000, spaces: { new_space: 1 } },
    ...{ heapUsedBytes: 1, heapTotalBytes: 2, externalBytes: 3, arrayBuffersBytes: null },
    ...{ rssBytes: 4, userMicroseconds: 500_000, systemMicroseconds: 0, threadMicroseconds: 250_000 },
    loopDelay: { p50Microseconds: 100, p99Microseconds: 2000, maxMicroseconds: 3000 },
  };
}

function collection(at: number, kind: string, [pause = '', ...words]: readonly string[]): CollectionsRecord {
  const sizes = words.flatMap((name, index) => {
    const [before, after] = (words[index + 1] ?? '').split('→').map(each => Number(each) * MEGABYTE);
    return before === undefined || after === undefined
      ? []
      : [{ name: `${name}_space`, before: [before], after: [after] }];
  });
  const total = (side: 'before' | 'after'): number[] => [
    sizes.reduce((sum, space) => sum + space[side][0]!, 0),
  ];
  return {
    type: 'collections',
    atMicroseconds: at * 1000,
    offsetMicroseconds: [0],
    pauseMicroseconds: [Number(pause) * 1000],
    kind: [TYPES[kind] ?? 0],
    flags: [words.includes('forced') ? 4 : 0],
    ...(sizes.length > 0 ? { heap: { before: total('before'), after: total('after'), spaces: sizes } } : {}),
  };
}
