/**
 * From a `.cpuprofile` on disk to its hot lines, against a bare `JSON.parse` of the same file: every measurement in a
 * fresh process, in turns. The floor is reading the bytes and nothing else.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Measurement, Work } from './cpu-analysis/child.ts';
import {
  atMost,
  type BenchDocument,
  describeDocument,
  type Gate,
  median,
  medianWithInterval,
  type Row,
} from './document.ts';
import { bundle, measure } from './fresh-process.ts';
import { generateProfile, SHAPES } from './generate-profile.ts';

const WORKS: readonly Work[] = ['read', 'parse', 'analyse'];
const MOST_TIMES_PARSE = 1.3;
const MOST_MEGABYTES_ABOVE_FILE = 120;
const MEGABYTE = 1e6;

interface Sizes {
  readonly shape: '100k' | '1M';
  readonly rounds: number;
  readonly big: boolean;
}

const FULL: Sizes = { shape: '1M', rounds: 15, big: true };
const QUICK: Sizes = { shape: '100k', rounds: 3, big: false };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-profiles-'));
  try {
    const child = await bundle(root, 'cpu-analysis/child.ts', folder);
    const sizes = quick ? QUICK : FULL;
    const compared = compare(child, path.join(folder, 'profile.cpuprofile'), sizes);
    const opened = sizes.big ? openBig(child, path.join(folder, 'big.cpuprofile')) : { rows: [], gates: [] };
    return {
      version: 1,
      name: 'cpu-analysis',
      rows: [...compared.rows, ...opened.rows],
      gates: [...compared.gates, ...opened.gates],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Result {
  readonly rows: readonly Row[];
  readonly gates: readonly Gate[];
}

function compare(child: string, file: string, { shape, rounds }: Sizes): Result {
  const fileBytes = generateProfile(file, SHAPES[shape]);
  const measured: Record<Work, Measurement[]> = { read: [], parse: [], analyse: [] };
  for (let round = 0; round < rounds; round++) {
    for (const work of WORKS) measured[work].push(measure<Measurement>(child, [work, file]));
  }
  const times = measured.analyse.map(
    ({ milliseconds }, round) => milliseconds / measured.parse[round]!.milliseconds,
  );
  const above = measured.analyse.map(({ peakResidentBytes }) => (peakResidentBytes - fileBytes) / MEGABYTE);
  return {
    rows: WORKS.map(work => rowOf(`${work}, ${shape} samples`, fileBytes, measured[work])),
    gates: [
      atMost(
        `file to hot lines, times JSON.parse (${shape} samples)`,
        MOST_TIMES_PARSE,
        medianWithInterval(times),
      ),
      atMost(
        `peak memory above the file's size, MB (${shape} samples)`,
        MOST_MEGABYTES_ABOVE_FILE,
        medianWithInterval(above),
      ),
    ],
  };
}

/** A file that is longer than a string can be. */
function openBig(child: string, file: string): Result {
  const shape = SHAPES['600MB'];
  const fileBytes = generateProfile(file, shape);
  const measured = measure<Measurement>(child, ['analyse', file]);
  const missing = shape.samples - measured.found;
  return {
    rows: [rowOf(`analyse, ${Math.round(fileBytes / MEGABYTE)} MB`, fileBytes, [measured])],
    gates: [
      atMost('samples not read from the biggest file', 0, { value: missing, low: missing, high: missing }),
    ],
  };
}

function rowOf(row: string, fileBytes: number, measured: readonly Measurement[]): Row {
  return {
    row,
    milliseconds: median(measured.map(each => each.milliseconds)),
    peakMegabytes: median(measured.map(each => each.peakResidentBytes)) / MEGABYTE,
    fileMegabytes: fileBytes / MEGABYTE,
    processes: measured.length,
  };
}

export const describe = describeDocument;
