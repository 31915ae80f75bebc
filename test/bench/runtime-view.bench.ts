/**
 * The GC and runtime view with ten minutes of data and 20,000 collections in the test Chromium (test/editor has it), which
 * draws without a GPU: from the message that there is a view file to the painted page, and what the page's main thread
 * does for each live second. CPU time, since other programs on the machine would count otherwise. The floor is the same
 * without rows.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { atMost, type BenchDocument, describeDocument, median, medianWithInterval } from './document.ts';
import type { Measured, Plan } from './runtime-view/plan.ts';

const MOST_FIRST_PAINT = 500;
const MOST_UPDATE = 10;

/** 20,000 collections. */
const LOAD = { seconds: 600, collectionsPerSecond: 33.9 };
const FULL: Plan = { load: LOAD, rounds: 9, updates: 40 };
const QUICK: Plan = { load: LOAD, rounds: 2, updates: 20 };

export function run({ quick, root }: { quick: boolean; root: string }): BenchDocument {
  const measured = measure(root, quick ? QUICK : FULL);
  const all = (value: (round: Measured) => number): number[] => measured.map(value);
  const row = (name: string, values: readonly number[]) => ({
    row: name,
    milliseconds: median(values),
    rounds: values.length,
  });
  return {
    version: 1,
    name: 'runtime-view',
    rows: [
      row(
        'first paint',
        all(({ firstPaint }) => firstPaint),
      ),
      row(
        'first paint, CPU time of the main thread',
        all(({ firstPaintCpu }) => firstPaintCpu),
      ),
      row(
        'a live second without rows (floor)',
        all(({ floor }) => floor),
      ),
      row(
        'a live second, the newest minute shown',
        all(({ newestMinute }) => newestMinute),
      ),
      row(
        'a live second, all ten minutes shown',
        all(({ whole }) => whole),
      ),
    ],
    gates: [
      atMost(
        'milliseconds to the first paint',
        MOST_FIRST_PAINT,
        medianWithInterval(all(({ firstPaint }) => firstPaint)),
      ),
      atMost(
        'milliseconds for a live second, the newest minute shown',
        MOST_UPDATE,
        medianWithInterval(all(({ newestMinute, floor }) => newestMinute - floor)),
      ),
      atMost(
        'milliseconds for a live second, all ten minutes shown',
        MOST_UPDATE,
        medianWithInterval(all(({ whole, floor }) => whole - floor)),
      ),
    ],
  };
}

function measure(root: string, plan: Plan): Measured[] {
  const script = path.join(root, 'test/bench/runtime-view/measure.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, JSON.stringify(plan)], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  });
  return JSON.parse(output) as Measured[];
}

export const describe = describeDocument;
