/** The sample shop as a process, with a database or without. */
import path from 'node:path';
import { expect } from 'vitest';
import { ROOT, runCommand, start, type Ended, type Run } from './cli.ts';

export const SHOP = path.join(ROOT, 'test', 'shop');

export interface Shop {
  readonly run: Run;
  readonly address: string;
  readonly get: (route: string) => Promise<Response>;
  readonly post: (route: string, body: object) => Promise<Response>;
  /** As an orchestrator ends it. */
  readonly end: () => Promise<Ended>;
  /** At once, with its children, if it still runs. */
  readonly kill: () => void;
}

/** Resolves when the shop listens, on a port of its own. */
export async function startShop(
  env: Readonly<Record<string, string>>,
  command: readonly string[] = [process.execPath, 'dist/server.js'],
): Promise<Shop> {
  const run = start(command, { cwd: SHOP, env: { ...env, PORT: '0' }, ownGroup: true });
  await expect.poll(() => run.stdout, { timeout: 20_000 }).toContain('listening on');
  const address = /listening on (\S+)/.exec(run.stdout)?.[1] ?? '';
  const headers = { 'content-type': 'application/json' };
  return {
    run,
    address,
    get: route => fetch(`${address}${route}`),
    post: (route, body) =>
      fetch(`${address}${route}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    end: () => {
      run.process.kill('SIGTERM');
      return run.ended;
    },
    kill: () => {
      if (run.process.exitCode === null && run.process.signalCode === null) process.kill(-run.pid, 'SIGKILL');
    },
  };
}

/** The load of the sample, by its own command line. */
export const runLoad = (parameters: readonly string[]): Promise<Ended> =>
  runCommand([process.execPath, 'dist/load/load.js', ...parameters], { cwd: SHOP });
