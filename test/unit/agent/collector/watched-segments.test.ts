import { expect, test } from 'vitest';
import type { OperationsNews } from '../../../../src/agent/collector/contract.ts';
import { WatchedSegments } from '../../../../src/agent/collector/watched-segments.ts';
import type { OperationRecord } from '../../../../src/contracts/operations.ts';

/** What lies on the disk: `?1` pending, `1` kept. */
class Disk {
  readonly files = new Map<string, string>();
  private count = 0;

  pending(profile: string): number {
    this.files.set(`?${++this.count}`, profile);
    return this.count;
  }

  readPending(number: number): string {
    return this.files.get(`?${number}`) ?? '';
  }

  settle(number: number, profile: string | undefined): void {
    this.files.delete(`?${number}`);
    if (profile !== undefined) this.files.set(String(number), profile);
  }

  get drawn(): string {
    return [...this.files.keys()].sort().join(' ');
  }
}

/** One sample, that lasts as long as the segment. */
const segment = (startTime: number, endTime: number): string =>
  JSON.stringify({
    nodes: [
      { id: 1, callFrame: { functionName: '(root)' }, children: [2] },
      { id: 2, callFrame: { functionName: 'work' } },
    ],
    ...{ startTime, endTime, samples: [2], timeDeltas: [0] },
  });

const slow = (startMicroseconds: number, slices: readonly number[]): { record: OperationRecord } => ({
  record: { startMicroseconds, slices } as unknown as OperationRecord,
});

const news = (
  atMicroseconds: number,
  { kept = [], ...rest }: Partial<Pick<OperationsNews, 'kept' | 'openSinceMicroseconds'>> = {},
): OperationsNews => ({ atMicroseconds, kept, routes: [], problems: [], hooksMicroseconds: 0, ...rest });

function world() {
  const disk = new Disk();
  return { disk, watched: new WatchedSegments(disk) };
}

test('a segment without a slow operation goes as soon as all of its time is told of', () => {
  const { disk, watched } = world();
  watched.add(segment(0, 1000));
  watched.add(segment(1000, 2000));
  expect(disk.drawn).toBe('?1 ?2');
  watched.hear(news(1500));
  expect(disk.drawn).toBe('?2');
  watched.hear(news(2000));
  expect(disk.drawn).toBe('');
});

test('what a slow operation needs stays', () => {
  const { disk, watched } = world();
  watched.add(segment(0, 1000));
  watched.add(segment(1000, 2000));
  watched.hear(news(2500, { kept: [slow(900, [0, 50, 300, 100])] }));
  expect(disk.drawn).toBe('1 2');
});

test('an operation that is told of before its segment comes has it', () => {
  const { disk, watched } = world();
  watched.add(segment(0, 1000));
  watched.hear(news(1300, { kept: [slow(1100, [0, 100])] }));
  expect(disk.drawn).toBe('');
  watched.hear(news(1900, { kept: [slow(1500, [0, 100])] }));
  watched.add(segment(1000, 2000));
  watched.hear(news(2100));
  expect(disk.drawn).toBe('2');
  expect(disk.files.get('2')).toContain('"kept":[100,100,300,100]');
});

test('an operation that goes on holds what it may need, for as long as is reasonable', () => {
  const { disk, watched } = world();
  watched.add(segment(0, 1000));
  watched.hear(news(1500, { openSinceMicroseconds: 500 }));
  expect(disk.drawn).toBe('?1');
  for (let index = 1; index < 200; index++) watched.add(segment(index * 1000, (index + 1) * 1000));
  expect(disk.files.size).toBe(120);
});

test('at the end nothing waits any more', () => {
  const { disk, watched } = world();
  watched.add(segment(0, 1000));
  watched.add(segment(1000, 2000));
  watched.hear(news(0, { kept: [slow(1200, [0, 100])] }));
  watched.end();
  expect(disk.drawn).toBe('2');
});
