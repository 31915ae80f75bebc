/**
 * What a call of a watched function costs that is not slow, by the shortest of many windows. Each case has what the one
 * before it has, and something more: the program alone; with an AsyncLocalStorage of its own, by which Node tells whose
 * work something is; recorded; recorded with its functions watched. The asynchronous calls are awaited, so each has two
 * awaits: its own and its caller's. `followed` is a function that was slow before: each call is an operation from its
 * beginning on.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atMost, medianWithInterval, type BenchDocument, type Gate, type Row } from './document.ts';
import { MAJORS, nodeVersions, type NodeVersion } from './node-versions.ts';

const FORMS = ['sync', 'async', 'followed'] as const;
type Form = (typeof FORMS)[number];
type Cost = Readonly<Record<Form, number>>;

/** Nanoseconds, with all that is below, and of what watching adds to a recording. */
const LIMITS = { sync: 300, async: 450, followed: 450 } as const;

const CASES = ['alone', 'AsyncLocalStorage', 'recorded', 'watched'] as const;
type Case = (typeof CASES)[number];
const WATCHED = ['compute', 'wait', 'slowOnce=10ms'];

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
  const costs: Costs = { alone: [], AsyncLocalStorage: [], recorded: [], watched: [] };
  for (let round = 0; round < rounds; round++)
    for (const each of CASES) costs[each].push(callCost(root, node, each, windows));
  return costs;
}

function callCost(root: string, node: string, which: Case, windows: number): Cost {
  const cwd = path.join(root, 'test', 'bench', 'programs', 'watched-call');
  const program = ['calls.cjs', String(windows)];
  if (which === 'alone') return costIn(execFileSync(node, program, { cwd, encoding: 'utf8' }));
  if (which === 'AsyncLocalStorage')
    return costIn(execFileSync(node, [...program, 'context'], { cwd, encoding: 'utf8' }));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-watched-'));
  try {
    const functions = which === 'watched' ? WATCHED : [];
    const options = functions.flatMap(name => ['--watch-function', `calls.cjs:${name}`]);
    const command = ['run', '--out', path.join(folder, 'recording'), ...options, '--', node, ...program];
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

/** Each with the recorded one of its round. */
const added = ({ recorded, watched }: Costs, form: Form) =>
  medianWithInterval(watched.map((cost, round) => cost[form] - (recorded[round]?.[form] ?? Number.NaN)));

const rowsOf = ({ major }: NodeVersion, costs: Costs): Row[] =>
  CASES.map(row => ({
    row,
    node: major,
    syncNanoseconds: of(costs[row], 'sync').value,
    asyncNanoseconds: of(costs[row], 'async').value,
    followedNanoseconds: of(costs[row], 'followed').value,
  }));

const gatesOf = ({ major }: NodeVersion, costs: Costs): Gate[] =>
  FORMS.flatMap(form => [
    atMost(`Node ${major}: nanoseconds of a watched call, ${form}`, LIMITS[form], of(costs.watched, form)),
    atMost(`Node ${major}: nanoseconds that watching adds, ${form}`, LIMITS[form], added(costs, form)),
  ]);

export { describeDocument as describe } from './document.ts';
