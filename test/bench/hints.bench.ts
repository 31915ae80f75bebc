/**
 * How long an editor waits for its hints: from the bytes of a profile in memory to hot functions and hot lines.
 * Warm, as in a backend that has analysed before; the first analysis of a process is an extra row.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  atMost,
  type BenchDocument,
  describeDocument,
  median,
  medianWithInterval,
  percentile,
} from './document.ts';
import { bundle, measure } from './fresh-process.ts';
import { generateProfile, SHAPES } from './generate-profile.ts';

/** Milliseconds. */
const LIMITS = { '30k': 50, '100k': 100, '1M': 400 } as const;
type Size = keyof typeof LIMITS;

const WARM_UP_RUNS = 5;

interface Plan {
  readonly sizes: readonly Size[];
  readonly processes: number;
  readonly runs: number;
}

const FULL: Plan = { sizes: ['30k', '100k', '1M'], processes: 5, runs: 15 };
const QUICK: Plan = { sizes: ['30k'], processes: 2, runs: 8 };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-hints-'));
  try {
    const child = await bundle(root, 'hints/child.ts', folder);
    const plan = quick ? QUICK : FULL;
    const measured = plan.sizes.map(size => ({ size, ...measureSize(child, folder, size, plan) }));
    return {
      version: 1,
      name: 'hints',
      rows: measured.flatMap(({ size, warm, cold }) => [
        {
          row: `warm, ${size} samples`,
          milliseconds: median(warm),
          p95: percentile(warm, 0.95),
          runs: warm.length,
        },
        { row: `first in a process, ${size} samples`, milliseconds: median(cold), processes: cold.length },
      ]),
      gates: measured.map(({ size, warm }) =>
        atMost(`milliseconds to hints, ${size} samples`, LIMITS[size], medianWithInterval(warm)),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureSize(
  child: string,
  folder: string,
  size: Size,
  plan: Plan,
): { warm: number[]; cold: number[] } {
  const file = path.join(folder, `${size}.cpuprofile`);
  generateProfile(file, SHAPES[size]);
  const all = Array.from({ length: plan.processes }, () =>
    measure<number[]>(child, [file, String(plan.runs)]),
  );
  return { warm: all.flatMap(times => times.slice(WARM_UP_RUNS)), cold: all.map(times => times[0]!) };
}

export const describe = describeDocument;
