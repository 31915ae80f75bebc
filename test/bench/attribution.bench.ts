/**
 * Whether the time of an operation is its own: a service whose endpoints burn CPU in functions of their own names is
 * recorded at 1 ms under 50 connections, and each sample is given to an operation by the slices that the agent wrote.
 *
 *   right         the operation that the function's name says
 *   unattributed  no operation
 *   wrong         another one
 *
 * One run per row and version: a share of tens of thousands of samples does not depend on the machine's speed.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, load2 } from './attribution/load.ts';
import { score, type Score } from './attribution/truth.ts';
import type { BenchDocument, Gate, Row } from './document.ts';
import { MAJORS, install, nodeVersions, type NodeVersion } from './node-versions.ts';
import { Child } from './overhead/child.ts';
import { plainEnvironment, Recording } from './overhead/recording.ts';

interface Scenario {
  readonly row: string;
  readonly mode: 'http' | 'http2' | 'workers' | 'pools';
  readonly paths: readonly string[];
}

const SCENARIOS: readonly Scenario[] = [
  { row: 'HTTP', mode: 'http', paths: ['/slow', '/io', '/fast', '/mixed', '/body'] },
  { row: 'nested operations', mode: 'http', paths: ['/outer', '/fast', '/io'] },
  { row: 'HTTP/2', mode: 'http2', paths: ['/slow', '/io', '/fast', '/mixed', '/body'] },
  { row: 'workers', mode: 'workers', paths: ['/ask', '/slow', '/io'] },
  { row: 'pools of PostgreSQL and Redis', mode: 'pools', paths: ['/postgres', '/redis', '/fast'] },
];

const KEEP_ALL = {
  thresholdMilliseconds: 0,
  thresholds: [{ kind: 'stall', thresholdMilliseconds: 3_600_000 }],
  armOneIn: 1_000_000,
  firstPerMinute: 10_000_000,
} as const;

const LEAST_RIGHT: Readonly<Record<number, number>> = { 20: 0.99, 22: 0.99 };
const LEAST_RIGHT_BY_V8 = 0.995;
const MOST_WRONG_BY_V8 = 0.001;

interface Measured {
  readonly version: NodeVersion;
  readonly scenario: Scenario;
  readonly requests: number;
  readonly score: Score;
}

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-agent-'));
  const agent = path.join(folder, 'agent.cjs');
  copyFileSync(path.join(root, 'dist', 'agent.cjs'), agent);
  const services = await startServices(root);
  const measured: Measured[] = [];
  for (const version of await nodeVersions(root, MAJORS))
    for (const scenario of SCENARIOS)
      measured.push(await measure({ root, agent, services, version, scenario, seconds: quick ? 4 : 20 }));
  rmSync(folder, { recursive: true });
  for (const { stop } of [services.postgres, services.redis]) await stop();
  return { version: 1, name: 'attribution', rows: measured.map(rowOf), gates: measured.flatMap(gatesOf) };
}

interface Service {
  readonly url: string;
  readonly stop: () => Promise<void>;
}
interface Services {
  readonly postgres: Service;
  readonly redis: Service;
}

/** The keepers find their files by themselves: they are not bundled. */
async function startServices(root: string): Promise<Services> {
  await install(root, 'test/services');
  const load = (name: string): Promise<Record<string, () => Promise<Service | undefined>>> =>
    import(pathToFileURL(path.join(root, 'test', 'services', `${name}.mjs`)).href);
  const postgres = await (await load('postgres'))['startPostgres']?.();
  const redis = await (await load('redis'))['startRedis']?.();
  if (!postgres || !redis) throw new Error('PostgreSQL and redis-server are needed');
  return { postgres, redis };
}

interface Plan {
  readonly root: string;
  readonly agent: string;
  readonly services: Services;
  readonly version: NodeVersion;
  readonly scenario: Scenario;
  readonly seconds: number;
}

async function measure({ root, agent, services, version, scenario, seconds }: Plan): Promise<Measured> {
  const recording = await Recording.open(agent, { operations: KEEP_ALL });
  const child = new Child({
    script: path.join(root, 'test', 'bench', 'programs', 'attribution', 'service.cjs'),
    node: version.node,
    environment: recording.environment({
      ...plainEnvironment(),
      NODE_PATH: path.join(root, 'test', 'matrix', 'node_modules'),
      POSTGRES: services.postgres.url,
      REDIS: services.redis.url,
    }),
    parameters: [path.join(root, 'dist', 'api.cjs'), scenario.mode],
  });
  const { port, workerPort = port } = await child.message<{ port: number; workerPort?: number }>();
  const requests = await (scenario.mode === 'http2'
    ? load2(port, scenario.paths, seconds)
    : load([port, workerPort], scenario.paths, seconds));
  let found: Score | undefined;
  await recording.close(written => (found = score(written)));
  await child.close();
  if (!found) throw new Error('nothing was recorded');
  return { version, scenario, requests, score: found };
}

function rowOf({
  version,
  scenario,
  requests,
  score: { right, unattributed, wrong, mistakes },
}: Measured): Row {
  const samples = right + unattributed + wrong;
  const listed = [...mistakes].sort((a, b) => b[1] - a[1]).slice(0, 3);
  return {
    row: scenario.row,
    node: version.major,
    requests,
    samples,
    rightShare: right / samples,
    unattributedShare: unattributed / samples,
    wrongShare: wrong / samples,
    mistakes: listed.map(([what, times]) => `${what} ×${times}`).join(', '),
  };
}

function gatesOf({ version: { major }, scenario, score: { right, unattributed, wrong } }: Measured): Gate[] {
  const samples = right + unattributed + wrong;
  const least = LEAST_RIGHT[major];
  const of = `${scenario.row}, Node ${major}`;
  const notRight = atMostShare(
    `not right: ${of}`,
    samples - right,
    samples,
    1 - (least ?? LEAST_RIGHT_BY_V8),
  );
  if (least !== undefined) return [notRight];
  return [notRight, atMostShare(`wrong: ${of}`, wrong, samples, MOST_WRONG_BY_V8)];
}

/** With Wilson's 95 % interval (E. B. Wilson, 1927), which is right for shares near zero too. */
function atMostShare(name: string, hits: number, samples: number, limit: number): Gate {
  const value = hits / samples;
  const z = 1.96;
  const centre = value + (z * z) / (2 * samples);
  const spread = z * Math.sqrt((value * (1 - value)) / samples + (z * z) / (4 * samples * samples));
  const scale = 1 + (z * z) / samples;
  const [low, high] = [(centre - spread) / scale, (centre + spread) / scale];
  return { name, value, limit, low, high, verdict: high <= limit ? 'pass' : low > limit ? 'fail' : 'unsure' };
}

export { describeDocument as describe } from './document.ts';
