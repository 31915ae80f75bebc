/**
 * What instrumented libraries cost: the patch of a method per call, whether or not an operation goes on, and all patches
 * together when a program starts. The method itself does nothing, so this is all that a call of pg or of fs takes longer.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { atMost, medianWithInterval, type BenchDocument, type Gate, type Row } from './document.ts';
import type { PatchCost } from './libraries/patched-calls.ts';
import { MAJORS, nodeVersions, type NodeVersion } from './node-versions.ts';

const RUNS = 7;
const QUICK_RUNS = 2;
/** Nanoseconds; a promise costs another promise. */
const LIMITS = { callback: 300, promise: 600 };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-libraries-'));
  const program = path.join(folder, 'patched-calls.cjs');
  const entryPoints = [path.join(root, 'test/bench/libraries/patched-calls.ts')];
  await build({ entryPoints, outfile: program, bundle: true, platform: 'node', target: 'node20' });
  const versions = await nodeVersions(root, quick ? [20, 24] : MAJORS);
  const measured = versions.flatMap(version => measure(version, program, quick ? QUICK_RUNS : RUNS));
  rmSync(folder, { recursive: true });
  return {
    version: 1,
    name: 'libraries',
    rows: measured.map(({ row }) => row),
    gates: measured.flatMap(({ gates }) => gates),
  };
}

function measure({ node, major }: NodeVersion, program: string, runs: number): { row: Row; gates: Gate[] }[] {
  const costs = Array.from({ length: runs }, () => costsOf(node, program));
  return (costs[0] ?? []).map(({ name, unit }, index) => {
    const estimate = medianWithInterval(costs.map(each => each[index]?.value ?? Number.NaN));
    const limit = name.startsWith('promise') ? LIMITS.promise : LIMITS.callback;
    const gate = (): Gate => atMost(`Node ${major}: ns per call, ${name}`, limit, estimate);
    return {
      row: { row: name, node: major, [unit]: estimate.value },
      gates: unit === 'nanoseconds' ? [gate()] : [],
    };
  });
}

/** Throws what the program printed instead, where it failed. */
function costsOf(node: string, program: string): PatchCost[] {
  const { stdout, stderr, status } = spawnSync(node, [program], { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`the program ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as PatchCost[];
}

export { describeDocument as describe } from './document.ts';
