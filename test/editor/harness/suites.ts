/** Suites of `test/editor/suites`: which there are, and running them inside an extension host. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Suite } from '../host/suite.ts';
import { type ExtensionHost, openExtensionHost } from './extension-host.ts';
import { SUITES } from './folders.ts';
import { pageActions, shot } from './page-actions.ts';

const ENDING = '.test.ts';

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
export async function openSuite({ name, suite }: NamedSuite, extensions: string): Promise<RunningSuite> {
  const code = {
    contents: `import suite from './suites/${name}${ENDING}';
      import { serveSuite } from './host/serve-suite.ts';
      export const run = () => serveSuite(suite);`,
    resolveDir: path.dirname(SUITES),
  };
  const host = await openExtensionHost({ ...suite, extensions }, code, pageActions);
  return { run: test => run(host, name, test), close: host.close };
}

async function run({ channel, window }: ExtensionHost, suite: string, test: string): Promise<void> {
  try {
    await channel.request('run', test);
  } catch (error) {
    await shot(window.page, `failed ${suite} ${test}`);
    if (channel.socket.destroyed)
      throw new Error(`the extension host ended:\n${window.log()}`, { cause: error });
    throw error;
  }
}
