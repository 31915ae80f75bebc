/**
 * From a recording with thousands of kept operations to its document, against the same recording without them: in turns,
 * in fresh processes. Every operation has tens of slices among all samples, waits, and a ledger.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  MANIFEST_FILE,
  OPERATIONS_FILE,
  RECORDING_VERSION,
  RUNTIME_FILE,
  segmentFile,
  SOURCES_FOLDER,
} from '../../src/contracts/recording-files.ts';
import type { Manifest } from '../../src/contracts/recording.ts';
import type { OperationRecord } from '../../src/contracts/operations.ts';
import { ranThread } from '../draw/recorded-thread.ts';
import {
  atMost,
  describeDocument,
  median,
  medianWithInterval,
  mulberry32,
  type BenchDocument,
} from './document.ts';
import { bundle, measure } from './fresh-process.ts';
import { generateProfile, SHAPES } from './generate-profile.ts';
import type { Measurement } from './operations-analysis/child.ts';

const OPERATIONS = 5000;
const SLICES = 40;
const ROUTES = 25;
/** So that a recording with thousands opens within a few seconds. */
const MOST_MICROSECONDS_EACH = 1000;

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-operations-'));
  try {
    const child = await bundle(root, 'operations-analysis/child.ts', folder);
    const [without, with_] = ['without', 'with'].map(name => path.join(folder, name));
    writeRecording(without!, 0);
    writeRecording(with_!, OPERATIONS);
    const times: { without: number[]; with: number[] } = { without: [], with: [] };
    for (let round = 0; round < (quick ? 3 : 15); round++) {
      times.without.push(measure<Measurement>(child, [without!]).milliseconds);
      times.with.push(measure<Measurement>(child, [with_!]).milliseconds);
    }
    const each = times.with.map((time, round) => ((time - times.without[round]!) * 1000) / OPERATIONS);
    return {
      version: 1,
      name: 'operations-analysis',
      rows: [
        { row: '100k samples', milliseconds: median(times.without), processes: times.without.length },
        {
          row: `100k samples, ${OPERATIONS} kept operations of ${SLICES} slices`,
          milliseconds: median(times.with),
          processes: times.with.length,
        },
      ],
      gates: [atMost('microseconds per kept operation', MOST_MICROSECONDS_EACH, medianWithInterval(each))],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeRecording(folder: string, operations: number): void {
  const thread = path.join(folder, 'p1-t0');
  mkdirSync(path.join(folder, SOURCES_FOLDER), { recursive: true });
  mkdirSync(thread);
  const manifest: Manifest = {
    version: RECORDING_VERSION,
    ...{ id: 'drawn', kind: 'profile', state: 'saved', name: 'app.js', command: [], cwd: '/app' },
    ...{ startedAt: '2026-11-23T10:00:00Z', intervalMicroseconds: 100, platform: 'linux', problems: [] },
  };
  writeFileSync(path.join(folder, MANIFEST_FILE), JSON.stringify(manifest));
  writeFileSync(path.join(thread, RUNTIME_FILE), `${JSON.stringify(ranThread([]).thread)}\n`);
  const profile = path.join(folder, 'whole.cpuprofile');
  generateProfile(profile, SHAPES['100k']);
  const text = readFileSync(profile);
  writeFileSync(path.join(thread, segmentFile(1)), gzipSync(text));
  const { startTime, endTime } = JSON.parse(text.toString('utf8')) as { startTime: number; endTime: number };
  const random = mulberry32(operations);
  const lines = Array.from({ length: operations }, (_, index) =>
    JSON.stringify(operationOf(index + 1, startTime + random() * (endTime - startTime), random)),
  );
  if (lines.length > 0) writeFileSync(path.join(thread, OPERATIONS_FILE), `${lines.join('\n')}\n`);
}

/** Slices of 0.5 ms at most, and the waits between them. */
function operationOf(id: number, startMicroseconds: number, random: () => number): OperationRecord {
  const slices: number[] = [];
  const waits: OperationRecord['waits'] = [];
  let at = 0;
  for (let slice = 0; slice < SLICES; slice++) {
    const length = Math.ceil(random() * 500);
    slices.push(at, length);
    const wait = Math.ceil(random() * 10_000);
    if (slice < SLICES - 1)
      waits.push({
        kind: 'query',
        from: at + length,
        length: wait,
        library: 'pg',
        detail: `SELECT ${slice % 5}`,
      });
    at += length + wait;
  }
  return {
    ...{ type: 'operation', id, kind: 'http', name: `GET /${id % ROUTES}`, end: 'ended', isArmed: true },
    ...{ startMicroseconds, durationMicroseconds: at, thresholdMicroseconds: 100_000, status: 200 },
    ...{ slices, resumes: [], waits, awaits: [] },
  };
}

export const describe = describeDocument;
