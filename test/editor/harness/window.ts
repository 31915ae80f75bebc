/** A window of a real VS Code, with server, browser, page and workspace of its own. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { VSCODE } from '../../../scripts/editor/packages.mjs';
import { serveEditor } from '../../../scripts/editor/serve.mjs';
import type { Suite } from '../host/suite.ts';
import { launchBrowser } from './browser.ts';
import { Closing } from './closing.ts';
import { startShopServices } from '../../services/shop.mjs';
import { TEST } from './folders.ts';
import { shot } from './page-actions.ts';
import { createWorkspace, type WorkspaceQuery } from './workspace.ts';

/** The editor's native modules are not built: it says so and does without. */
const MISSING_MODULE = /Could not locate the bindings file/;
const LOG_CHARACTERS = 3_000;

const SHOP = path.join(TEST, 'shop');

const START_MILLISECONDS = 45_000;

/** What the extension host runs: a CommonJS file with a function `run`, and what is added to its environment. */
export interface HostTests {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type WindowOptions = Pick<Suite, 'workspace' | 'services' | 'settings' | 'trusted' | 'without'> & {
  /** Folder of installed extensions, Slowcatch among them. */
  readonly extensions: string;
  /** Address that the editor's own telemetry goes to; without it there is none, whatever the settings say. */
  readonly telemetry?: string;
  /** None for a test from outside alone. `folder` is that of an extension for the tests, whose only code they are. */
  readonly hostTests?: (folder: string) => Promise<HostTests>;
};

export interface Window {
  readonly page: Page;
  /** What the extension host has printed, for messages of failed tests. */
  readonly log: () => string;
  /** Loads the window anew, with other user settings. */
  readonly reopen: (settings: Suite['settings']) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Resolves when the workbench is there with its theme; the extension host may still be starting. */
export async function openWindow(options: WindowOptions): Promise<Window> {
  const closing = new Closing();
  return await closing.opening(async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), 'slowcatch-window-'));
    closing.onClose(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    const tests = path.join(home, 'tests');
    await writeTestsExtension(tests);
    const hostTests = await options.hostTests?.(tests);
    const workspace = await createWorkspace(home, options.workspace);
    const services = options.services ? await startShopServices(SHOP) : undefined;
    if (services) closing.onClose(services.stop);
    const flags = await builtinFlags(home, options.without);
    const server = await serveEditor(serverOptions(options, flags, services?.env));
    closing.onClose(server.stop);
    const page = await openPage(closing);
    const lines: string[] = [];
    const keep = (_type: string, words: readonly unknown[]): void => {
      const line = words.map(String).join(' ');
      if (!MISSING_MODULE.test(line)) lines.push(line);
    };
    await page.exposeFunction('codeAutomationLog', keep);
    await page.exposeFunction('codeAutomationExit', (status: number) =>
      keep('', [`the host ended: ${status}`]),
    );
    const open = async (): Promise<void> => {
      await page.goto(addressOf(server.authority, workspace, tests, hostTests));
      await themed(page);
    };
    await open();
    return {
      page,
      log: () => lines.join('\n').slice(-LOG_CHARACTERS),
      reopen: settings => {
        server.writeSettings({ ...DEFAULTS, ...settings });
        return open();
      },
      close: () => closing.close(),
    };
  });
}

/** VS Code runs tests for an extension under development only; what they test is installed. */
async function writeTestsExtension(folder: string): Promise<void> {
  const manifest = { name: 'tests', publisher: 'slowcatch', version: '1.0.0', engines: { vscode: '*' } };
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
}

async function openPage(closing: Closing): Promise<Page> {
  const browser = await launchBrowser();
  closing.onClose(() => browser.close());
  return await browser.newPage({ viewport: { width: 1400, height: 900 } });
}

/** For its first second a window is there without colours. */
async function themed(page: Page): Promise<void> {
  try {
    await page.locator('.monaco-workbench[class*="vscode-theme-"]').waitFor({ timeout: START_MILLISECONDS });
    await page.locator('.statusbar-item:visible').first().waitFor({ timeout: START_MILLISECONDS });
  } catch (error) {
    throw new Error(`the window did not open (see ${await shot(page, 'failed to open')})`, { cause: error });
  }
}

/** VS Code's server has no flag that disables an extension: it gets links to all the others. */
async function builtinFlags(home: string, without: readonly string[] = []): Promise<readonly string[]> {
  if (without.length === 0) return [];
  const all = path.join(VSCODE, 'extensions');
  const some = path.join(home, 'builtin');
  await mkdir(some);
  for (const name of await readdir(all))
    if (!without.includes(name)) await symlink(path.join(all, name), path.join(some, name));
  return ['--builtin-extensions-dir', some];
}

/** In a browser VS Code saves by itself after a second; what a test edits would stay. */
const DEFAULTS = { 'workbench.colorTheme': 'Dark Modern', 'files.autoSave': 'off' };

function serverOptions(
  { settings, extensions, telemetry, trusted = true }: WindowOptions,
  flags: readonly string[],
  services: Readonly<Record<string, string>> = {},
) {
  return {
    extensions,
    ...(telemetry === undefined ? {} : { telemetry }),
    settings: { ...DEFAULTS, ...settings },
    flags: ['--enable-smoke-test-driver', ...(trusted ? ['--disable-workspace-trust'] : []), ...flags],
    env: { ...environment(), ...services },
  };
}

/** Nothing of the test runner's own: every program that is debugged inherits it. */
function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR'];
  return Object.fromEntries(names.map(name => [name, process.env[name]]));
}

function addressOf(
  authority: string,
  [kind, workspace]: WorkspaceQuery,
  tests: string,
  hostTests: HostTests | undefined,
): string {
  const remote = (file: string): string => `vscode-remote://${authority}${file}`;
  const payload = [
    ...(hostTests
      ? [
          ['extensionDevelopmentPath', remote(tests)],
          ['extensionTestsPath', remote(hostTests.file)],
        ]
      : []),
    ['extensionEnvironment', JSON.stringify(hostTests?.environment ?? {})],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ [kind]: workspace, payload: JSON.stringify(payload) });
  return `http://${authority}/?${query.toString()}`;
}
