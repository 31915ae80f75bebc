/** The service of test/bench/programs/leak-detection, under load. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { Child } from '../overhead/child.ts';
import type { Environment } from '../overhead/recording.ts';

export const REQUESTS_PER_SECOND = 200;

export const programsOf = (root: string): string =>
  path.join(root, 'test', 'bench', 'programs', 'leak-detection');
export const serviceOf = (root: string): string => path.join(programsOf(root), 'service.cjs');

export interface Load {
  readonly ended: Promise<void>;
  end(): void;
}

export function loadOf(root: string, port: number, seconds: number): Load {
  const script = path.join(programsOf(root), 'load.mjs');
  const child: ChildProcess = spawn(
    process.execPath,
    [script, String(port), String(REQUESTS_PER_SECOND), String(seconds)],
    { stdio: 'ignore' },
  );
  return {
    ended: new Promise(resolve => child.once('exit', () => resolve())),
    end: () => void child.kill(),
  };
}

export interface Service {
  readonly root: string;
  readonly node: string;
  readonly environment: Environment;
  readonly mode: 'leak' | 'clean';
}

/** Resolves when it listens. */
export async function startService({
  root,
  node,
  environment,
  mode,
}: Service): Promise<{ child: Child; port: number }> {
  const child = new Child({ script: serviceOf(root), node, environment, parameters: [mode] });
  const { port } = await child.message<{ port: number }>();
  return { child, port };
}
