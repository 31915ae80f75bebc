/**
 * What a call of a watched function costs that is not slow, by the shortest of many windows: the program alone,
 * recorded, and recorded with its functions watched. The calls' own cost is in all of them. The functions begin and wait
 * for nothing: one that does is followed from its beginning on, which costs more.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atMost, medianWithInterval, type BenchDocument, type Gate, type Row } from './document.ts';
import { MAJORS, nodeVersions, type NodeVersion } from './node-versions.ts';

const LIMITS = { sync: 300, async: 450 } as const;
type Form = keyof typeof LIMITS;
type Cost = Readonly<Record<Form, number>>;

const CASES = { alone: undefined, recorded: [], watched: ['compute', 'wait'] } as const;
type Case = keyof typeof CASES;

interface Size {
  readonly majors: readonly number[];
  readonly rounds: number;
  readonly windows: number;
}
const FULL: Size = { majors: MAJORS, rounds: 7, windows: 150 };
const QUICK: Size = { majors: [20, 24], rounds: 3, windows: 60 };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const size = quick ? QUICK : FULL;
  const versions = await nodeVersions(root, size.majors);
  const measured = versions.map(version => ({ version, costs: measure(root, version, size) }));
  return {
    version: 1,
    name: 'watched-call',
    rows: measured.flatMap(({ version, costs }) => rowsOf(version, costs)),
    gates: measured.flatMap(({ version, costs }) => gatesOf(version, costs)),
  };
}

type Costs = Readonly<Record<Case, Cost[]>>;

/** The cases take turns, each in a process of its own. */
function measure(root: string, { node }: NodeVersion, { rounds, windows }: Size): Costs {
  const costs: Costs = { alone: [], recorded: [], watched: [] };
  for (let round = 0; round < rounds; round++)
    for (const each of Object.keys(CASES) as Case[]) costs[each].push(callCost(root, node, each, windows));
  return costs;
}

function callCost(root: string, node: string, which: Case, windows: number): Cost {
  const cwd = path.join(root, 'test', 'bench', 'programs', 'watched-call');
  const program = [node, 'calls.cjs', String(windows)];
  const functions = CASES[which];
  if (!functions) return costIn(execFileSync(node, program.slice(1), { cwd, encoding: 'utf8' }));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-watched-'));
  try {
    const options = functions.flatMap(name => ['--watch-function', `calls.cjs:${name}`]);
    const command = ['run', '--out', path.join(folder, 'recording'), ...options, '--', ...program];
    const cli = path.join(root, 'dist', 'cli.cjs');
    return costIn(
      execFileSync(process.execPath, [cli, ...command], { cwd, encoding: 'utf8', stdio: 'pipe' }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program prints one line of JSON, and the report may follow. */
const costIn = (output: string): Cost => JSON.parse(/^\{"sync".*\}$/m.exec(output)?.[0] ?? '') as Cost;

const of = (costs: readonly Cost[], form: Form) => medianWithInterval(costs.map(cost => cost[form]));

const rowsOf = ({ major }: NodeVersion, costs: Costs): Row[] =>
  (Object.keys(CASES) as Case[]).map(row => ({
    row,
    node: major,
    syncNanoseconds: of(costs[row], 'sync').value,
    asyncNanoseconds: of(costs[row], 'async').value,
  }));

const gatesOf = ({ major }: NodeVersion, { watched }: Costs): Gate[] =>
  (Object.keys(LIMITS) as Form[]).map(form =>
    atMost(`Node ${major}: nanoseconds per watched ${form} call`, LIMITS[form], of(watched, form)),
  );

export { describeDocument as describe } from './document.ts';
