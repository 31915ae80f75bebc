import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liveOverhead } from '../../../src/backend/live-overhead.ts';

let recording: string;
beforeEach(async () => {
  recording = await mkdtemp(path.join(os.tmpdir(), 'slowcatch-live-'));
});
afterEach(() => rm(recording, { recursive: true, force: true }));

const overhead = (processMilliseconds: number, collectorMilliseconds: number): string =>
  JSON.stringify({
    ...{ type: 'overhead', atMicroseconds: 1, swaps: 0, swapMicroseconds: 0, longestSwapMicroseconds: 0 },
    ...{ stallMicroseconds: 0, longestStallMicroseconds: 0, samplerMicroseconds: 0 },
    collectorMicroseconds: collectorMilliseconds * 1000,
    processMicroseconds: processMilliseconds * 1000,
  });

async function write(...lines: readonly string[]): Promise<void> {
  await mkdir(path.join(recording, 'p7-t0'), { recursive: true });
  await writeFile(path.join(recording, 'p7-t0', 'runtime.ndjson'), lines.map(line => `${line}\n`).join(''));
}

test('the cost of a recording that goes on leaves out its start, and is not told before it means something', async () => {
  expect(await liveOverhead(recording)).toBeUndefined();
  await write(overhead(200, 100));
  expect(await liveOverhead(recording)).toBeUndefined();
  await write(overhead(200, 100), overhead(900, 120));
  expect(await liveOverhead(recording)).toBeUndefined();
  await write(overhead(200, 100), overhead(900, 120), overhead(2200, 140));
  expect(await liveOverhead(recording)).toBe(0.02);
});

test('of a long file its ends are enough', async () => {
  const between = Array.from({ length: 2000 }, () => overhead(500, 110));
  await write(overhead(200, 100), ...between, overhead(2200, 140));
  expect(await liveOverhead(recording)).toBe(0.02);
});

test('a recording that is gone costs nothing', async () => {
  await rm(recording, { recursive: true });
  expect(await liveOverhead(recording)).toBeUndefined();
});
