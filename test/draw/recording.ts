/**
 * A recording on disk, as text: threads by folder, each with its segments. A segment is its start, samples of top-level
 * functions at their times, and its end.
 *
 *   { 'p1-t0': ['0 a@0 b@1000 1500', '1500 a@1500 2000'] }
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  MANIFEST_FILE,
  OPERATIONS_FILE,
  RECORDING_VERSION,
  ROUTES_FILE,
  RUNTIME_FILE,
  segmentFile,
} from '../../src/contracts/recording-files.ts';
import type { OperationRecord, RouteCounts, RoutesFile } from '../../src/contracts/operations.ts';
import type { Manifest } from '../../src/contracts/recording.ts';
import { ranThread } from './recorded-thread.ts';

export function writeRecording(
  folder: string,
  threads: Readonly<Record<string, readonly string[]>>,
  kind: Manifest['kind'] = 'profile',
): void {
  const manifest: Manifest = {
    version: RECORDING_VERSION,
    ...{ id: 'drawn', kind, state: 'saved', name: 'app.js', command: [], cwd: '/app' },
    ...{ startedAt: '2026-11-23T10:00:00Z', intervalMicroseconds: 1000, platform: 'linux', problems: [] },
  };
  writeFileSync(path.join(folder, MANIFEST_FILE), JSON.stringify(manifest));
  for (const [name, segments] of Object.entries(threads)) writeThread(path.join(folder, name), segments);
}

function writeThread(folder: string, segments: readonly string[]): void {
  mkdirSync(folder);
  const pid = Number(/^p(\d+)-/.exec(path.basename(folder))?.[1]);
  const { thread } = ranThread([], { pid, argv: ['node', `/app/p${pid}.js`] });
  writeFileSync(path.join(folder, RUNTIME_FILE), `${JSON.stringify(thread)}\n`);
  for (const [index, drawn] of segments.entries())
    writeFileSync(path.join(folder, segmentFile(index + 1)), gzipSync(JSON.stringify(profileOf(drawn))));
}

const callFrame = (functionName: string) => ({
  ...{ functionName, scriptId: '1', url: functionName.startsWith('(') ? '' : '/app/a.js' },
  ...{ lineNumber: functionName.charCodeAt(0), columnNumber: 0 },
});

function profileOf(drawn: string) {
  const words = drawn.split(' ');
  const samples = words.slice(1, -1).map(word => word.split('@'));
  const names = [...new Set(samples.map(([name = '']) => name))];
  const times = samples.map(([, time]) => Number(time));
  const startTime = Number(words[0]);
  return {
    nodes: [
      { id: 1, callFrame: callFrame('(root)'), hitCount: 0, children: names.map((_, index) => index + 2) },
      ...names.map((name, index) => ({ id: index + 2, callFrame: callFrame(name), hitCount: 1 })),
    ],
    ...{ startTime, endTime: Number(words.at(-1)) },
    samples: samples.map(([name = '']) => names.indexOf(name) + 2),
    timeDeltas: times.map((time, index) => time - (times[index - 1] ?? startTime)),
  };
}

/** What an agent writes of operations into a thread's folder, which is there. */
export function writeOperations(
  folder: string,
  operations: readonly OperationRecord[],
  routes: readonly Partial<RouteCounts>[] = [],
): void {
  const lines = operations.map(operation => `${JSON.stringify(operation)}\n`);
  writeFileSync(path.join(folder, OPERATIONS_FILE), lines.join(''));
  if (routes.length === 0) return;
  const file: RoutesFile = {
    ...{ version: 1, atMicroseconds: 0, problems: [] },
    routes: routes.map(route => ({ ...NO_ROUTE, ...route })),
  };
  writeFileSync(path.join(folder, ROUTES_FILE), JSON.stringify(file));
}

const NO_ROUTE: RouteCounts = {
  ...{ kind: 'http', name: 'GET /', count: 0, slowCount: 0, keptCount: 0, errorCount: 0 },
  ...{ thresholdMicroseconds: 100_000, totalMicroseconds: 0, maxMicroseconds: 1e9, durations: [] },
};
