import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StallLook } from '../../../../src/agent/stalls/heartbeat.ts';
import { StallWatch } from '../../../../src/agent/stalls/stall-watch.ts';
import type { OperationRecord } from '../../../../src/contracts/operations.ts';

const LOOK: StallLook = {
  id: 7,
  stack: [
    { name: 'readFileSync', file: 'node:fs', line: 1, column: 1 },
    { name: 'load', file: '/app/load.js', line: 12, column: 3 },
  ],
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Microseconds on a clock that goes with the timers. */
function world(look: (beat: number) => Promise<StallLook | undefined> = async () => Promise.resolve(LOOK)) {
  let waiting = 0;
  const beats = new Float64Array(1);
  const told: OperationRecord[] = [];
  const failures: unknown[] = [];
  const now = (): number => performance.now() * 1000;
  const watch = new StallWatch({
    ...{ beats, thresholdMicroseconds: 100_000, now, look, waiting: () => waiting },
    sink: ({ kept }) => told.push(...kept.map(({ record }) => record)),
    failed: error => failures.push(error),
  });
  watch.start();
  /** The loop turns for so long: a beat every 50 ms. */
  const turns = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      beats[0] = now();
      await vi.advanceTimersByTimeAsync(50);
    }
    beats[0] = now();
  };
  const blocked = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
  /** Nothing keeps the thread but that it gets no processor. */
  const starved = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 10) {
      waiting += 10_000;
      await vi.advanceTimersByTimeAsync(10);
    }
  };
  return { beats, told, failures, watch, turns, blocked, starved };
}

const drawn = ({ name, line, end, durationMicroseconds }: OperationRecord): string =>
  `${name}:${line} ${end} ${Math.round(durationMicroseconds / 1000)} ms`;

test('a stall is told when it is noticed, and again when it is over', async () => {
  const { told, turns, blocked } = world();
  await turns(500);
  await blocked(400);
  expect(told.map(drawn)).toEqual(['load:12 open 150 ms']);
  await turns(100);
  expect(told.map(drawn)).toEqual(['load:12 open 150 ms', 'load:12 ended 350 ms']);
  expect(told[0]?.id).toBe(told[1]?.id);
});

test('a program that has not yet turned its loop starts: that is no stall', async () => {
  const { told, blocked } = world();
  await blocked(3000);
  expect(told).toEqual([]);
});

test('shorter than the threshold is none, and one that is over when it is looked at is nobody’s', async () => {
  const { told, turns, blocked } = world(async () => Promise.resolve(undefined));
  await turns(200);
  await blocked(120);
  await turns(200);
  await blocked(300);
  await turns(100);
  expect(told).toEqual([]);
});

test('one that goes on at the end of the recording is as long as it is then', async () => {
  const { told, watch, turns, blocked } = world();
  await turns(100);
  await blocked(500);
  watch.end();
  expect(told.map(drawn).at(-1)).toBe('load:12 open 450 ms');
  await blocked(500);
  expect(told).toHaveLength(2);
});

test('when the slice is known that blocks, the stall begins with it', async () => {
  let since = 0;
  const { beats, told, turns, blocked } = world(async () => Promise.resolve({ ...LOOK, since }));
  await turns(100);
  since = beats[0]! + 20_000;
  await blocked(400);
  expect(told[0]?.startMicroseconds).toBe(since);
});

test('a machine that does not let the thread run makes no stall', async () => {
  const { told, turns, starved } = world();
  await turns(200);
  await starved(800);
  await turns(200);
  expect(told).toEqual([]);
});

test('after too many in a minute, further ones are not kept', async () => {
  const { told, turns, blocked } = world();
  for (let count = 0; count < 40; count++) {
    await turns(50);
    await blocked(250);
  }
  await turns(50);
  expect(told.filter(({ end }) => end === 'ended').length).toBe(30);
});
