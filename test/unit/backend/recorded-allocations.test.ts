import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAllocations } from '../../../src/backend/recorded-allocations.ts';
import type { AllocationMetric } from '../../../src/contracts/profile-source.ts';
import { allocationFile } from '../../../src/contracts/recording-files.ts';
import type { RuntimeRecord } from '../../../src/contracts/recording.ts';
import { parseHeapProfile } from '../../draw/heap-profile.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-allocations-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A turn in which `work` has so many bytes; `cut` leaves only a part of the file. */
function write(metric: AllocationMetric, turn: number, bytes: number, cut?: number): void {
  const profile = parseHeapProfile(`
    1 (root)
      2 work file:///a.js:1:1 | ${bytes}`);
  const packed = gzipSync(JSON.stringify(profile));
  writeFileSync(path.join(folder, allocationFile(metric, turn)), packed.subarray(0, cut));
}

const record = (metric: AllocationMetric, turn: number, from: number, to: number): RuntimeRecord => ({
  ...{ type: 'allocations', metric, turn },
  ...{ fromMicroseconds: from, atMicroseconds: to, stallMicroseconds: 5 },
});

/** `allocated 300 B in 30 µs`. */
async function read(runtime: readonly RuntimeRecord[] = []): Promise<string[]> {
  const { allocations } = await readAllocations(folder, runtime);
  return allocations.map(
    ({ metric, tree, watchedMicroseconds }) =>
      `${metric} ${tree.self.reduce((a, b) => a + b, 0)} B in ${watchedMicroseconds} µs`,
  );
}

test('what was allocated adds up over its turns; of what is held the last turn counts', async () => {
  write('allocated', 1, 100);
  write('live', 2, 40);
  write('allocated', 3, 200);
  write('live', 10, 7);
  const runtime = [
    record('allocated', 1, 0, 10),
    record('live', 2, 10, 20),
    record('live', 2, 10, 40),
    record('allocated', 3, 40, 60),
    record('live', 10, 60, 100),
  ];
  expect(await read(runtime)).toEqual(['allocated 300 B in 30 µs', 'live 7 B in 40 µs']);
});

test('a damaged file is left out and named: an earlier turn of what is held counts then', async () => {
  write('live', 2, 40);
  write('live', 4, 50, 30);
  write('allocated', 1, 100);
  expect(await read()).toEqual(['allocated 100 B in 0 µs', 'live 40 B in 0 µs']);
  const { damaged } = await readAllocations(folder, []);
  expect(damaged.map(({ file }) => path.basename(file))).toEqual([allocationFile('live', 4)]);
});

test('a thread without any has none', async () => {
  expect(await read()).toEqual([]);
});
