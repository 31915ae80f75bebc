/** How long swaps of segments hold the main thread: in a compiler, whose call trees are big, and in the service. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import type { OverheadRecord } from '../../../src/contracts/recording.ts';
import { Child } from './child.ts';
import { plainEnvironment, Recording } from './recording.ts';
import { writeTypeScriptProject } from './typescript-project.ts';

export interface Compilation {
  readonly seconds: number;
  readonly overhead: OverheadRecord;
}

export interface CompileOptions {
  readonly node: string;
  readonly agent: string;
  /** The compiler's script. */
  readonly tsc: string;
}

/** Compiles a generated project of 151 files under the agent. Throws when the compiler finds an error. */
export async function compileRecorded({ node, agent, tsc }: CompileOptions): Promise<Compilation> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-project-'));
  const project = writeTypeScriptProject(folder);
  const recording = await Recording.open(agent);
  const start = performance.now();
  const status = await runToEnd(node, [tsc, '-p', project], recording.environment(plainEnvironment()));
  const seconds = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true });
  const overhead = await recording.close();
  if (status !== 0) throw new Error(`the TypeScript compiler ended with status ${status} on ${node}`);
  return { seconds, overhead };
}

function runToEnd(
  file: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, parameters, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** One swap as the agent measured it, and as the program saw it. */
export interface SeenSwap {
  readonly toldMicroseconds: number;
  readonly seenMicroseconds: number;
}

export interface HeartbeatOptions {
  readonly node: string;
  readonly agent: string;
  readonly programs: string;
  readonly seconds: number;
}

/** Swaps of the service's work, seen from inside the program by an event loop that only turns. */
export async function heartbeat({ node, agent, programs, seconds }: HeartbeatOptions): Promise<SeenSwap[]> {
  const recording = await Recording.open(agent);
  const environment = recording.environment(plainEnvironment());
  const script = path.join(programs, 'heartbeat.cjs');
  const child = new Child({ script, node, environment, parameters: [String(seconds)] });
  const { swaps } = await child.message<{ swaps: SeenSwap[] }>();
  await child.close();
  await recording.close();
  return swaps;
}
