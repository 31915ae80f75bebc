/**
 * Whether operations tell what they wait for, and what it costs to look. A program waits in ten ways, with a real
 * PostgreSQL and Redis among them, 20 operations at a time, and tells itself of each wait what it was, at which line, from when to when.
 *
 *   right            milliseconds of the right kind at the right line, of those that the ledger calls waits
 *   wrong operation  at a line of an operation that was not this one
 *   armed            CPU of a request with 80 awaits where 1 in 50 looks for its lines, over one of which none does
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OperationsConfiguration } from '../../src/contracts/operation-kinds.ts';
import type { startPostgres } from '../services/postgres.mjs';
import type { startRedis } from '../services/redis.mjs';
import { atMost, medianWithInterval, type BenchDocument, type Gate, type Row } from './document.ts';
import { MAJORS, nodeVersions, type NodeVersion } from './node-versions.ts';
import { Child } from './overhead/child.ts';
import { plainEnvironment, Recording } from './overhead/recording.ts';
import { score, type Score, type Told } from './waits/score.ts';

export { describeDocument as describe } from './document.ts';

const READ_BYTES = 4_000_000;
const ALL_ARMED: OperationsConfiguration = {
  thresholdMilliseconds: 0,
  armOneIn: 1,
  firstPerMinute: 10_000_000,
};
const armed = (armOneIn: number): OperationsConfiguration => ({ thresholdMilliseconds: 100, armOneIn });
const NEVER = 1_000_000_000;

const LEAST_RIGHT = 0.99;
const MOST_COST = 1.03;

interface World {
  /** Addresses of the databases. */
  readonly services: Readonly<Record<string, string>>;
  readonly root: string;
  readonly agent: string;
  readonly file: string;
  readonly quick: boolean;
}

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-waits-'));
  const [postgres, redis] = await databases(root);
  const world: World = {
    ...{ root, quick, services: { POSTGRES: postgres.url, REDIS: redis?.url ?? '' } },
    agent: path.join(folder, 'agent.cjs'),
    file: path.join(folder, 'file'),
  };
  copyFileSync(path.join(root, 'dist', 'agent.cjs'), world.agent);
  writeFileSync(world.file, 'x'.repeat(READ_BYTES));
  const rows: Row[] = [];
  const gates: Gate[] = [];
  for (const version of await nodeVersions(root, MAJORS)) {
    const found = await attributed(world, version);
    rows.push(rowOf(version, found));
    gates.push(...gatesOf(version, found));
    const ratios = await costs(world, version);
    const cost = medianWithInterval(ratios);
    rows.push({ row: 'armed 1 in 50', node: version.major, blocks: ratios.length, ratio: cost.value });
    if (version.major >= 24) gates.push(atMost(`Node ${version.major} armed`, MOST_COST, cost));
  }
  await Promise.all([postgres.stop(), redis?.stop()]);
  rmSync(folder, { recursive: true });
  return { version: 1, name: 'waits', rows, gates };
}

type Postgres = { readonly startPostgres: typeof startPostgres };
type Redis = { readonly startRedis: typeof startRedis };

/** From where they lie: they find what they start beside themselves, and a bundle has no such place. */
async function databases(root: string) {
  const load = async (name: string): Promise<unknown> =>
    import(pathToFileURL(path.join(root, 'test', 'services', name)).href);
  const postgres = (await load('postgres.mjs')) as Postgres;
  const redis = (await load('redis.mjs')) as Redis;
  return Promise.all([postgres.startPostgres(), redis.startRedis()]);
}

/** Runs the program once; answers what it has said, and hands the recording's folder to `read`. */
async function ask<T extends object>(
  { root, agent, file, services }: World,
  { node }: NodeVersion,
  operations: OperationsConfiguration,
  [mode, question]: readonly [string, object],
  read?: (folder: string, answer: T) => void,
): Promise<T> {
  const recording = await Recording.open(agent, { operations });
  const child = new Child({
    ...{ node, environment: { ...recording.environment(plainEnvironment()), ...services } },
    script: path.join(root, 'test', 'bench', 'programs', 'waits', 'service.cjs'),
    parameters: [path.join(root, 'dist', 'api.cjs'), mode, file],
  });
  await child.message();
  const answer = await child.ask<T>(question);
  await recording.close(folder => read?.(folder, answer));
  await child.close();
  return answer;
}

async function attributed(world: World, version: NodeVersion): Promise<Score> {
  let found: Score | undefined;
  const question = ['truth', { rounds: world.quick ? 5 : 40 }] as const;
  await ask<Told>(world, version, ALL_ARMED, question, (folder, told) => {
    found = score(folder, told);
  });
  if (!found || found.operations === 0) throw new Error('no operation was armed');
  return found;
}

/** Of pairs of blocks, in turns. */
async function costs(world: World, version: NodeVersion): Promise<number[]> {
  const question = ['cost', { operations: world.quick ? 1000 : 6000 }] as const;
  const ratios: number[] = [];
  for (let block = 0; block < (world.quick ? 3 : 12); block++) {
    const order = block % 2 === 0 ? [NEVER, 50] : [50, NEVER];
    const cpu = new Map<number, number>();
    for (const oneIn of order)
      cpu.set(oneIn, (await ask<{ cpu: number }>(world, version, armed(oneIn), question)).cpu);
    ratios.push(cpu.get(50)! / cpu.get(NEVER)!);
  }
  return ratios;
}

const waitedOf = ({ right, wrongKind, wrongLine, wrongOperation, unknown }: Score): number =>
  right + wrongKind + wrongLine + wrongOperation + unknown;

function rowOf({ major }: NodeVersion, found: Score): Row {
  const waited = waitedOf(found);
  const worst = [...found.mistakes].sort((a, b) => b[1] - a[1]).slice(0, 3);
  return {
    row: 'ten kinds, 20 at a time',
    node: major,
    operations: found.operations,
    waitedMilliseconds: waited,
    right: found.right / waited,
    wrongKind: found.wrongKind / waited,
    wrongLine: found.wrongLine / waited,
    wrongOperation: found.wrongOperation / waited,
    unknown: found.unknown / waited,
    loopMilliseconds: found.loop,
    mistakes: worst.map(([mistake, time]) => `${mistake}: ${Math.round(time)} ms`).join(', '),
  };
}

function gatesOf({ major }: NodeVersion, found: Score): Gate[] {
  const waited = waitedOf(found);
  const exact = (value: number) => ({ value, low: value, high: value });
  return [
    atMost(`Node ${major} not right`, 1 - LEAST_RIGHT, exact(1 - found.right / waited)),
    atMost(`Node ${major} wrong operation`, 0, exact(found.wrongOperation / waited)),
  ];
}
