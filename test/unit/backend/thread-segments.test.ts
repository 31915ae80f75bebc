import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ThreadSegments } from '../../../src/backend/thread-segments.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-segments-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A segment of `work` that begins at this second and takes one. */
function write(second: number, content?: string): void {
  const callFrame = (functionName: string) => ({
    ...{ functionName, scriptId: '1', url: '/a.js', lineNumber: 0, columnNumber: 0 },
  });
  const start = second * 1e6;
  const profile = {
    nodes: [
      { id: 1, callFrame: callFrame('(root)'), hitCount: 0, children: [2] },
      { id: 2, callFrame: callFrame('work'), hitCount: 2 },
    ],
    ...{ startTime: start, endTime: start + 1e6, samples: [2, 2], timeDeltas: [0, 5e5] },
  };
  const name = `cpu-${String(second).padStart(6, '0')}.cpuprofile.gz`;
  writeFileSync(path.join(folder, name), gzipSync(content ?? JSON.stringify(profile)));
}

const seconds = ({ samples }: ThreadSegments): number =>
  (samples?.tree.self.reduce((a, b) => a + b, 0) ?? 0) / 1e6;

test('what has been read of a recording is not read again while it goes on', async () => {
  const segments = new ThreadSegments(folder);
  await segments.read();
  expect(segments.samples).toBeUndefined();
  write(1);
  await segments.read();
  expect(seconds(segments)).toBe(1);
  const before = segments.samples?.tree;
  // What stood there before is known, whatever stands there now.
  write(1, '{');
  write(2);
  write(10);
  await segments.read();
  expect(seconds(segments)).toBe(3);
  expect(segments.samples?.span).toEqual({ from: 1e6, to: 11e6 });
  expect(before?.self.reduce((a, b) => a + b, 0)).toBe(1e6);
  expect(segments.damaged).toEqual([]);
});

test('two readers at once count nothing twice', async () => {
  for (const second of [1, 2, 3]) write(second);
  const segments = new ThreadSegments(folder);
  await Promise.all([segments.read(), segments.read()]);
  expect(seconds(segments)).toBe(3);
});

test('of a watch recording only kept time counts, also when it turns out to be less', async () => {
  const [a, b, c] = [
    { from: 1_200_000, to: 1_300_000 },
    { from: 1_900_000, to: 2_100_000 },
    { from: 4_500_000, to: 4_600_000 },
  ];
  for (const second of [1, 2, 3]) write(second);
  const segments = new ThreadSegments(folder);
  await segments.read([a, b]);
  expect(seconds(segments)).toBeCloseTo(0.3);
  // What stood there before is known.
  write(1, '{');
  write(4);
  await segments.read([a, b, c]);
  expect(seconds(segments)).toBeCloseTo(0.4);
  write(1);
  let visited = 0;
  await segments.samples?.visit({ from: 0, to: 1e9 }, ({ kept = [] }) => {
    visited += kept.reduce((sum, { from, to }) => sum + to - from, 0);
  });
  expect(visited / 1e6).toBeCloseTo(0.4);
  await segments.read([b]);
  expect(seconds(segments)).toBeCloseTo(0.2);
  await segments.read([]);
  expect(segments.samples).toBeUndefined();
});

test('a damaged segment is told at each opening, and the others count', async () => {
  write(1);
  write(2, '{"nodes":[{]');
  const segments = new ThreadSegments(folder);
  await segments.read();
  await segments.read();
  expect(seconds(segments)).toBe(1);
  expect(segments.damaged.map(({ file }) => path.basename(file))).toEqual(['cpu-000002.cpuprofile.gz']);
});

test('a folder that is gone is an error each time, and no reason to give up', async () => {
  const segments = new ThreadSegments(path.join(folder, 'later'));
  await expect(segments.read()).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(segments.read()).rejects.toMatchObject({ code: 'ENOENT' });
});
