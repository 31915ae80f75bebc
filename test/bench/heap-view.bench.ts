/**
 * A heap snapshot in its editor, of 200 MB and of 1 GB: from the end of the analysis to the first rows on the screen of the test
 * Chromium (test/editor has it), a class of millions unfolded, and what the page holds after thousands of rows. The floor is a
 * snapshot of 5 MB: what is shown of it costs the page the same.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atMost, type BenchDocument, describeDocument, median, medianWithInterval } from './document.ts';
import type { Measured, Plan } from './heap-view/plan.ts';
import { multiplySnapshot } from './heap/multiply.ts';

const MOST_FIRST_PAINT = 300;
const MOST_MEGABYTES = 50;
const MEGABYTE = 1e6;

/** Sessions that make so many megabytes, about. */
const SESSIONS = { small: 1000, large: 125_000 };
const COPIES = 5;

export function run({ quick, root }: { quick: boolean; root: string }): BenchDocument {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-heap-view-'));
  try {
    const small = generate(root, path.join(folder, 'small.heapsnapshot'), SESSIONS.small);
    const large = generate(root, path.join(folder, 'large.heapsnapshot'), SESSIONS.large);
    const files = [small, large];
    if (!quick) {
      const huge = path.join(folder, 'huge.heapsnapshot');
      multiplySnapshot(large, huge, COPIES);
      files.push(huge);
    }
    const measured = measure(root, { files, rounds: quick ? 2 : 7 });
    return {
      ...{ version: 1, name: 'heap-view' },
      rows: files.map(file => rowOf(measured.filter(each => each.file === file))),
      gates: files.slice(1).flatMap(file => gatesOf(measured.filter(each => each.file === file))),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function generate(root: string, file: string, sessions: number): string {
  const script = path.join(root, 'test/bench/programs/heap/generate.cjs');
  execFileSync(process.execPath, ['--max-old-space-size=8192', script, file, String(sessions), '0']);
  return file;
}

const nameOf = ([first]: readonly Measured[]): string =>
  `${((first?.objects ?? 0) / 1e6).toFixed(2)} million objects`;

function rowOf(measured: readonly Measured[]) {
  const of = (value: (round: Measured) => number): number => median(measured.map(value));
  return {
    row: nameOf(measured),
    firstPaintMilliseconds: of(({ firstPaint }) => firstPaint),
    unfoldMilliseconds: of(({ unfold }) => unfold),
    pageMegabytes: of(({ pageBytes }) => pageBytes / MEGABYTE),
    elements: of(({ elements }) => elements),
    rounds: measured.length,
  };
}

const gatesOf = (measured: readonly Measured[]) => [
  atMost(
    `milliseconds from the analysis to the first rows, ${nameOf(measured)}`,
    MOST_FIRST_PAINT,
    medianWithInterval(measured.map(({ firstPaint }) => firstPaint)),
  ),
  atMost(
    `megabytes of the page, ${nameOf(measured)}`,
    MOST_MEGABYTES,
    medianWithInterval(measured.map(({ pageBytes }) => pageBytes / MEGABYTE)),
  ),
];

function measure(root: string, plan: Plan): Measured[] {
  const script = path.join(root, 'test/bench/heap-view/measure.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, JSON.stringify(plan)], {
    ...{ cwd: root, encoding: 'utf8', maxBuffer: 1e8 },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output) as Measured[];
}

export const describe = describeDocument;
