/** The server as the extension talks to it: a process of its own, JSON-RPC over its standard input and output. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { expect } from 'vitest';
import type { RuntimeUpdate } from '../../src/contracts/views/runtime.ts';
import type { CaptureProgress, ServerOptions, ServerRequests } from '../../src/contracts/server.ts';
import { ROOT } from './cli.ts';

export interface ServerClient {
  readonly pid: number;
  request<M extends keyof ServerRequests>(
    method: M,
    parameters: ServerRequests[M][0],
  ): Promise<ServerRequests[M][1]>;
  /** Everything that the server has told of captures so far. */
  readonly progress: readonly CaptureProgress[];
  /** Everything that the server has told of threads' heaps so far. */
  readonly runtimeUpdates: readonly RuntimeUpdate[];
  close(): Promise<void>;
}

/** Views lie beside the recordings. */
type Options = Omit<ServerOptions, 'viewsFolder'>;

export async function startServer(options: Options): Promise<ServerClient> {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const progress: CaptureProgress[] = [];
  connection.onNotification('slowcatch/capture', (told: CaptureProgress) => {
    progress.push(told);
  });
  const runtimeUpdates: RuntimeUpdate[] = [];
  connection.onNotification('slowcatch/runtimeUpdate', (update: RuntimeUpdate) => {
    runtimeUpdates.push(update);
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions: {
      viewsFolder: path.join(
        options.recordingsFolder,
        '..',
        `${path.basename(options.recordingsFolder)}-views`,
      ),
      ...options,
    },
  });
  return {
    pid: child.pid ?? 0,
    progress,
    runtimeUpdates,
    request: (method, parameters) => connection.sendRequest(method, parameters),
    close: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

/** What a launch has to put into the environment of its program. */
export const given = (env: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== null));

/** Waits until a capture has gone on for so long. */
export async function recordedFor(server: ServerClient, milliseconds: number): Promise<void> {
  const elapsed = () => Math.max(0, ...server.progress.map(({ elapsedMilliseconds }) => elapsedMilliseconds));
  await expect.poll(elapsed, { timeout: 15_000 }).toBeGreaterThan(milliseconds);
}
