/** Runs a program of test/programs/operations with the agent in it, and holds what is recorded against its ground truth. */
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { AgentServer } from '../../src/collect/agent-server.ts';
import { withNodeOptions } from '../../src/collect/launch/node-options.ts';
import {
  AGENT_PROTOCOL_VERSION,
  AGENT_VARIABLE,
  type AgentConfiguration,
} from '../../src/contracts/agent.ts';
import type { OperationsConfiguration } from '../../src/contracts/operation-kinds.ts';
import type { OperationRecord, RouteCounts, RoutesFile } from '../../src/contracts/operations.ts';
import {
  OPERATIONS_FILE,
  ROUTES_FILE,
  RUNTIME_FILE,
  SOURCES_FOLDER,
  THREAD_FOLDER_PATTERN,
} from '../../src/contracts/recording-files.ts';
import type { RuntimeRecord } from '../../src/contracts/recording.ts';
import { microseconds } from '../../src/contracts/units.ts';
import { PROGRAMS, ROOT, runCommand, type Ended } from './cli.ts';

/** When CPU was burnt for an operation, as the program has measured it. */
interface Burnt {
  readonly owner: string;
  readonly from: number;
  readonly to: number;
}

export interface RecordedOperations {
  readonly ended: Ended;
  readonly kept: readonly OperationRecord[];
  readonly routes: readonly RouteCounts[];
  readonly records: readonly RuntimeRecord[];
  /** What the program has printed before its ground truth. */
  readonly said: readonly string[];
  /** `owner: told`, of all that was burnt and is not exactly in slices of its operation. */
  readonly mistakes: readonly string[];
  readonly burntCount: number;
}

/** Everything is slow, and everything is kept; what blocks the event loop is tested elsewhere (stalls.test.ts). */
export const KEEP_ALL: OperationsConfiguration = {
  thresholdMilliseconds: 0,
  thresholds: [{ kind: 'stall', thresholdMilliseconds: 3_600_000 }],
  armOneIn: 1,
  firstPerMinute: 100_000,
};

export async function runWithOperations(
  command: readonly string[],
  folder: string,
  operations: OperationsConfiguration = KEEP_ALL,
  environment: Readonly<Record<string, string>> = {},
): Promise<RecordedOperations> {
  mkdirSync(path.join(folder, SOURCES_FOLDER));
  const server = new AgentServer();
  await server.listen();
  const configuration: AgentConfiguration = {
    version: AGENT_PROTOCOL_VERSION,
    agent: path.join(ROOT, 'dist', 'agent.cjs'),
    socket: server.path,
    token: server.token,
    folder,
    intervalMicroseconds: microseconds(1000),
    operations,
  };
  const env = {
    ...withNodeOptions(environment, ['--require', configuration.agent]),
    [AGENT_VARIABLE]: JSON.stringify(configuration),
  };
  const ended = await runCommand(command, { cwd: path.join(PROGRAMS, 'operations'), env });
  await server.dispose();
  return { ended, ...readOperations(folder), ...judged(ended.stdout, folder) };
}

export function readOperations(folder: string): Pick<RecordedOperations, 'kept' | 'routes' | 'records'> {
  const threads = readdirSync(folder).filter(name => THREAD_FOLDER_PATTERN.test(name));
  const files = (name: string): string[] =>
    threads
      .map(thread => path.join(folder, thread, name))
      .filter(file => existsSync(file))
      .map(file => readFileSync(file, 'utf8'));
  const linesOf = <T>(name: string): T[] =>
    files(name).flatMap(text =>
      text
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as T),
    );
  return {
    kept: linesOf<OperationRecord>(OPERATIONS_FILE),
    routes: files(ROUTES_FILE).flatMap(text => (JSON.parse(text) as RoutesFile).routes),
    records: linesOf<RuntimeRecord>(RUNTIME_FILE),
  };
}

function judged(
  stdout: string,
  folder: string,
): Pick<RecordedOperations, 'said' | 'mistakes' | 'burntCount'> {
  const lines = stdout.trim().split('\n');
  const isTruth = (line: string): boolean => line.startsWith('[{"owner"') || line === '[]';
  const burnt = lines.filter(isTruth).flatMap(line => JSON.parse(line) as Burnt[]);
  const { kept } = readOperations(folder);
  return {
    said: lines.filter(line => line !== '' && !isTruth(line)),
    burntCount: burnt.length,
    mistakes: burnt.flatMap(each => mistakesOf(each, kept)),
  };
}

/** Microseconds: the program looks at its clock a little before and after. */
const TOLERANCE = 20;

function mistakesOf({ owner, from, to }: Burnt, kept: readonly OperationRecord[]): string[] {
  const parts = kept.flatMap(({ name, startMicroseconds, slices }) =>
    slices.flatMap((time, index) => {
      if (index % 2 === 1) return [];
      const begin = Math.max(from, startMicroseconds + time);
      const end = Math.min(to, startMicroseconds + time + (slices[index + 1] as number));
      return end - begin > TOLERANCE ? [{ name, length: end - begin }] : [];
    }),
  );
  const wrong = parts.filter(({ name }) => name !== owner).map(({ name }) => `${owner}: ${name}`);
  const right = parts.filter(({ name }) => name === owner).reduce((sum, { length }) => sum + length, 0);
  return right < to - from - TOLERANCE && wrong.length === 0 ? [`${owner}: nobody's`] : wrong;
}

/** `GET /cpu 200 ended`, sorted. */
export const outlineOf = (kept: readonly OperationRecord[]): string[] =>
  kept
    .map(({ name, status, end }) => [name, status, end].filter(part => part !== undefined).join(' '))
    .sort();
