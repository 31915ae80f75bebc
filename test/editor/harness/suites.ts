/** Suites of `test/editor/suites`: which there are, and running them inside an extension host. */
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Channel } from '../host/channel.ts';
import { SOCKET_VARIABLE } from '../host/serve-suite.ts';
import type { Suite } from '../host/suite.ts';
import { Closing } from './closing.ts';
import { SUITES } from './folders.ts';
import { pageActions, shot } from './page-actions.ts';
import { openWindow, type Window } from './window.ts';

const ENDING = '.test.ts';
const HOST_START_MILLISECONDS = 60_000;

export interface NamedSuite {
  readonly name: string;
  readonly suite: Suite;
}

/** Loaded outside an editor, where `vscode` is empty: only their tests and hooks may use it. */
export async function listSuites(): Promise<readonly NamedSuite[]> {
  const names = (await readdir(SUITES)).filter(file => file.endsWith(ENDING)).toSorted();
  return await Promise.all(
    names.map(async file => {
      const { default: suite } = (await import(pathToFileURL(path.join(SUITES, file)).href)) as {
        default: Suite;
      };
      return { name: file.slice(0, -ENDING.length), suite };
    }),
  );
}

export interface RunningSuite {
  /** Runs one test; rejects with its error as it was thrown in the extension host. */
  readonly run: (test: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a window for the suite and waits until its extension host is ready to run tests. */
export async function openSuite({ name, suite }: NamedSuite): Promise<RunningSuite> {
  const closing = new Closing();
  return await closing.opening(async () => {
    const { server, socket } = await listen(closing);
    const connection = once(server, 'connection') as Promise<[Socket]>;
    const hostTests = async (folder: string) => ({
      file: await bundle(name, path.join(folder, 'tests')),
      environment: { [SOCKET_VARIABLE]: socket },
    });
    const window = await openWindow({ ...suite, hostTests });
    closing.onClose(window.close);
    const channel = new Channel(await connected(connection, window), pageActions(window.page));
    closing.onClose(async () => void channel.socket.destroy());
    return { run: test => run(channel, window, name, test), close: () => closing.close() };
  });
}

async function run(channel: Channel, window: Window, suite: string, test: string): Promise<void> {
  try {
    await channel.request('run', test);
  } catch (error) {
    await shot(window.page, `failed ${suite} ${test}`);
    if (channel.socket.destroyed)
      throw new Error(`the extension host ended:\n${window.log()}`, { cause: error });
    throw error;
  }
}

/** Two CommonJS files in `folder`, which lies inside the extension so that they get the same `vscode`. */
async function bundle(name: string, folder: string): Promise<string> {
  await build({
    stdin: {
      contents: `import suite from './suites/${name}${ENDING}';
        import { serveSuite } from './host/serve-suite.ts';
        export const run = () => serveSuite(suite);`,
      resolveDir: path.dirname(SUITES),
    },
    outfile: path.join(folder, 'suite.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const entry = path.join(folder, 'index.cjs');
  // Errors name the lines of the suite only when this is on before the bundle is loaded.
  await writeFile(
    entry,
    `process.setSourceMapsEnabled(true); exports.run = () => require('./suite.cjs').run();\n`,
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
