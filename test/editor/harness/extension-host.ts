/** Code of ours inside the extension host of a window, and a channel to it. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { Channel, type Handler } from '../host/channel.ts';
import { CLI_VARIABLE, SOCKET_VARIABLE } from '../host/connect.ts';
import { Closing } from './closing.ts';
import { TEST } from './folders.ts';
import { shot } from './page-actions.ts';
import { openWindow, type Window, type WindowOptions } from './window.ts';

const HOST_START_MILLISECONDS = 60_000;

/** TypeScript that exports `run`, which connects (host/connect.ts) and resolves when this end hangs up. */
export interface HostCode {
  readonly contents: string;
  /** What its imports are relative to. */
  readonly resolveDir: string;
}

export interface ExtensionHost {
  readonly channel: Channel;
  readonly window: Window;
  readonly close: () => Promise<void>;
}

/** Opens a window and waits until its extension host runs the code; `actions` answer what that code asks for. */
export async function openExtensionHost(
  options: Omit<WindowOptions, 'hostTests'>,
  code: HostCode,
  actions: (page: Page) => Readonly<Record<string, Handler>>,
): Promise<ExtensionHost> {
  const closing = new Closing();
  return await closing.opening(async () => {
    const { server, socket } = await listen(closing);
    const connection = once(server, 'connection') as Promise<[Socket]>;
    const hostTests = async (folder: string) => ({
      file: await bundle(code, folder),
      environment: {
        [SOCKET_VARIABLE]: socket,
        [CLI_VARIABLE]: path.join(TEST, '..', 'dist', 'cli.cjs'),
      },
    });
    const window = await openWindow({ ...options, hostTests });
    closing.onClose(window.close);
    const channel = new Channel(await connected(connection, window), actions(window.page));
    closing.onClose(async () => void channel.socket.destroy());
    return { channel, window, close: () => closing.close() };
  });
}

/** Two CommonJS files in `folder`, which lies inside an extension so that they get `vscode`. */
async function bundle(stdin: HostCode, folder: string): Promise<string> {
  await build({
    stdin: { ...stdin, loader: 'ts' },
    outfile: path.join(folder, 'code.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const entry = path.join(folder, 'index.cjs');
  // Errors name the lines of the source only when this is on before the bundle is loaded.
  await writeFile(
    entry,
    `process.setSourceMapsEnabled(true); exports.run = () => require('./code.cjs').run();\n`,
  );
  return entry;
}

/** In the system's temporary folder: the path of a socket must be short. */
async function listen(closing: Closing): Promise<{ readonly server: Server; readonly socket: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'slowcatch-bridge-'));
  closing.onClose(() => rm(folder, { recursive: true, force: true }));
  const socket = path.join(folder, 'host.sock');
  const server = createServer().listen(socket);
  closing.onClose(() => new Promise(resolve => server.close(resolve)));
  await once(server, 'listening');
  return { server, socket };
}

async function connected(connection: Promise<[Socket]>, window: Window): Promise<Socket> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, HOST_START_MILLISECONDS, undefined);
  });
  const [socket] = (await Promise.race([connection, late])) ?? [];
  clearTimeout(timer);
  if (socket) return socket;
  const picture = await shot(window.page, 'failed to start the extension host');
  throw new Error(`the extension host did not start its tests (see ${picture}):\n${window.log()}`);
}
