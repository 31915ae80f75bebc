/**
 * What recording costs a program, on every Node version we support.
 *
 *  - CPU per request of a service at half load and near full load: sampler and collector threads included.
 *  - The same where operations are followed, beside other ways to do that.
 *  - How long swaps of segments hold the main thread, in a compiler and in that service.
 *
 * Numbers of the agent about itself are checked from inside a program by a heartbeat.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { BenchDocument, Row } from './document.ts';
import { MAJORS, install, nodeVersions, type NodeVersion } from './node-versions.ts';
import { gatesOf, rowsOf, type Measured } from './overhead/results.ts';
import {
  calibrate,
  LOADS,
  rateOf,
  runBlock,
  runOperationsBlock,
  type BlockPlan,
  type LoadName,
} from './overhead/service-blocks.ts';
import { compileRecorded, heartbeat } from './overhead/swaps.ts';

interface Size {
  readonly majors: readonly number[];
  readonly blocks: number;
  readonly rounds: number;
  readonly compilations: number;
  readonly heartbeatSeconds: number;
}

const FULL: Size = { majors: MAJORS, blocks: 15, rounds: 12, compilations: 3, heartbeatSeconds: 8 };
const QUICK: Size = { majors: [24], blocks: 2, rounds: 6, compilations: 1, heartbeatSeconds: 3 };

const LOAD_NAMES = Object.keys(LOADS) as LoadName[];

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const size = quick ? QUICK : FULL;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-agent-'));
  const agent = path.join(folder, 'agent.cjs');
  // A copy: a build in the middle of the run must not change what is measured.
  copyFileSync(path.join(root, 'dist', 'agent.cjs'), agent);
  const loadBefore = os.loadavg()[0] ?? 0;
  const measured = await measure(size, root, agent, await operationsAlone(root, folder));
  rmSync(folder, { recursive: true });
  return {
    version: 1,
    name: 'overhead',
    rows: [...measured.flatMap(rowsOf), machineRow(loadBefore)],
    gates: measured.flatMap(gatesOf),
  };
}

async function operationsAlone(root: string, folder: string): Promise<string> {
  const outfile = path.join(folder, 'operations-alone.cjs');
  await build({
    entryPoints: [path.join(root, 'test', 'bench', 'overhead', 'operations-alone.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // As the agent.
    target: 'node12',
    supported: { 'class-private-field': true },
    logLevel: 'warning',
  });
  return outfile;
}

async function measure(size: Size, root: string, agent: string, alone: string): Promise<Measured[]> {
  const programs = path.join(root, 'test', 'bench', 'programs', 'overhead');
  const peers = await install(root, 'test/bench/peers');
  const tsc = path.join(peers, 'node_modules', 'typescript', 'lib', 'tsc.js');
  const plan = (version: NodeVersion): BlockPlan => ({
    node: version.node,
    programs,
    agent,
    operationsAlone: alone,
    datadog: path.join(peers, 'node_modules', '@datadog', 'pprof'),
    requestsPerSecond: 0,
    rounds: size.rounds,
    seed: 0,
  });
  const measured: Measured[] = [];
  for (const version of await nodeVersions(root, size.majors)) {
    const { node } = version;
    const cpuMicroseconds = await calibrate(plan(version));
    const services = LOAD_NAMES.map(load => ({
      load,
      requestsPerSecond: rateOf(load, cpuMicroseconds),
      blocks: [],
    }));
    const seen = await heartbeat({ node, agent, programs, seconds: size.heartbeatSeconds });
    measured.push({ version, services, seen, operations: [], compilations: [] });
  }
  // Versions take turns, so that a busy quarter of an hour of the machine meets them alike.
  for (let seed = 1; seed <= size.blocks; seed++) {
    console.error(`block ${seed} of ${size.blocks} …`);
    for (const { version, services, operations, compilations } of measured) {
      for (const { requestsPerSecond, blocks } of services) {
        blocks.push(await runBlock({ ...plan(version), requestsPerSecond, seed }));
      }
      const half = services.find(({ load }) => load === 'half load')?.requestsPerSecond ?? 0;
      operations.push(await runOperationsBlock({ ...plan(version), requestsPerSecond: half, seed }));
      if (seed <= size.compilations)
        compilations.push(await compileRecorded({ node: version.node, agent, tsc }));
    }
  }
  return measured;
}

function machineRow(loadBefore: number): Row {
  const [minute = 0, , quarter = 0] = os.loadavg();
  return {
    row: 'machine',
    processors: os.availableParallelism(),
    loadBefore,
    loadAfter: minute,
    loadOfLastQuarterHour: quarter,
  };
}

/** The document as text for a terminal. */
export function describe({ rows, gates }: BenchDocument): string {
  const shown = rows.map(({ row, node, ...values }) => {
    const list = Object.entries(values).map(([key, value]) => `${key} ${readable(value)}`);
    return `${node === undefined ? '' : `Node ${node}, `}${row}\n    ${list.join(', ')}`;
  });
  const judged = gates.map(
    ({ name, value, low, high, limit, verdict }) =>
      `${verdict.padEnd(6)} ${name}: ${readable(value)} [${readable(low)}, ${readable(high)}], limit ${limit}`,
  );
  return [...shown, '', ...judged].join('\n');
}

const readable = (value: string | number): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
