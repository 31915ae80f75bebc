/** A watch recording as it is read: totals and operations agree, whatever lies on disk beside what was kept. */
import { mkdtempSync, appendFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openInput } from '../../../src/backend/open-input.ts';
import type { ProfileDocument } from '../../../src/contracts/document.ts';
import { RUNTIME_FILE } from '../../../src/contracts/recording-files.ts';
import { profileDocument } from '../../../src/present/document.ts';
import { drawOperation } from '../../draw/operations.ts';
import { writeOperations, writeRecording } from '../../draw/recording.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-watched-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SEGMENT = '100000 a@100000 a@101000 b@102000 b@103000 a@104000 a@105000 106000';

/** Operations of the one thread by start, in milliseconds; it ran from 0 to 500 ms. */
async function opened(...drawn: readonly string[]): Promise<ProfileDocument> {
  writeRecording(folder, { 'p1-t0': [SEGMENT] }, 'watch');
  const thread = path.join(folder, 'p1-t0');
  const operations = drawn.map((text, index) => ({ ...drawOperation(text), id: index + 1 }));
  writeOperations(thread, operations, [{ name: 'GET /', count: 9, slowCount: 9 }]);
  const end = { type: 'end', atMicroseconds: 500_000, reason: 'stop' };
  appendFileSync(path.join(thread, RUNTIME_FILE), `${JSON.stringify(end)}\n`);
  return profileDocument(await openInput(folder));
}

test('a segment that a killed program has left whole counts where kept operations ran', async () => {
  const { breakdown, operations, hotFunctions } = await opened(
    'start 102\nduration 20\nslices 0-1.5',
    'start 103\nduration 20\nslices 1-1.5',
  );
  expect(breakdown.sampledMicroseconds).toBe(2000);
  const own = operations.flatMap(({ kept }) => kept).map(each => each.sampledMicroseconds);
  expect(own.reduce((sum, time) => sum + time, 0)).toBe(2000);
  expect(hotFunctions.map(({ name, selfMicroseconds }) => `${name} ${selfMicroseconds}`)).toEqual([
    'b 1500',
    'a 500',
  ]);
});

test('it lasted as long as it ran, and times of operations count from its beginning', async () => {
  const { durationMicroseconds, operations } = await opened('start 102\nduration 20\nslices 0-1.5');
  const [kept] = operations.flatMap(route => route.kept);
  expect(kept?.startMicroseconds).toBe(102_000);
  expect(durationMicroseconds).toBe(500_000);
});

test('without a kept operation nothing of it counts, and it lasted as long all the same', async () => {
  const { threads, operations, durationMicroseconds } = await opened();
  expect({ threads, slow: operations.flatMap(({ kept }) => kept) }).toEqual({ threads: [], slow: [] });
  expect(durationMicroseconds).toBe(500_000);
});
