/// <reference lib="dom" />
/** The page of the GC and runtime view as built, in a browser alone: with the policy, messages and colours of VS Code. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../scripts/editor/browser.mjs';
import type { RuntimeView } from '../../../src/contracts/views/runtime.ts';
import type { RuntimeFromView, RuntimeToView } from '../../../src/contracts/views/runtime-messages.ts';
import { pageHtml } from '../../../src/extension/webviews/page.ts';
import { Closing } from './closing.ts';
import { TEST } from './folders.ts';
import { type PageTheme, THEME_VARIABLES } from './theme-variables.ts';

const BROWSER_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: PageTheme;
  /** Physical pixels for each of the page's: 2 is a zoom of 200 %. */
  readonly zoom?: number;
}

export interface RuntimePage {
  readonly page: Page;
  /** Everything that the page has posted, and errors that it has thrown or its policy has refused. */
  readonly posted: readonly RuntimeFromView[];
  readonly errors: readonly string[];
  /** Gives it a view file, as its host does when it says `ready`; resolves when it is drawn. */
  readonly show: (view: RuntimeView) => Promise<void>;
  readonly post: (message: RuntimeToView) => Promise<void>;
  readonly theme: (theme: PageTheme) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium or Chrome: run `npm run test:editor`');
  return await chromium.launch({ executablePath, args: BROWSER_FLAGS });
}

/** Opens the page in a window of its own; resolves when it has said `ready`. */
export async function openRuntimePage(browser: Browser, options: PageOptions = {}): Promise<RuntimePage> {
  const { width = 1200, height = 900, theme = 'dark', zoom = 1 } = options;
  const closing = new Closing();
  const files = new Map([['/vscode.js', await vsCode(theme)]]);
  const origin = await serve(files, closing);
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: zoom });
  closing.onClose(() => page.close());
  const posted: RuntimeFromView[] = [];
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const setTheme = (theme: PageTheme) => page.evaluate(applyTheme, [theme, THEME_VARIABLES[theme]] as const);
  const { promise: ready, resolve: isReady } = promiseWithResolvers();
  await page.exposeFunction('slowcatchPosted', (message: RuntimeFromView | { type: 'ready' }) => {
    if (message.type === 'ready') isReady();
    else posted.push(message);
  });
  await page.goto(`${origin}/`);
  await ready;
  const post = (message: RuntimeToView) =>
    page.evaluate(async message => {
      window.postMessage(message, '*');
      for (let turn = 0; turn < 2; turn++) await new Promise(resolve => requestAnimationFrame(resolve));
    }, message);
  let shown = 0;
  const show = async (view: RuntimeView): Promise<void> => {
    const name = `/view-${shown++}.json`;
    files.set(name, JSON.stringify(view));
    await post({ type: 'show', uri: `${origin}${name}` });
    await page.locator('main').waitFor();
  };
  return { page, posted, errors, show, post, theme: setTheme, close: () => closing.close() };
}

function promiseWithResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

async function serve(files: ReadonlyMap<string, string>, closing: Closing): Promise<string> {
  const server = createServer((request, response) => void answer(request.url ?? '', files, response));
  server.listen(0, '127.0.0.1');
  closing.onClose(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

async function answer(
  url: string,
  files: ReadonlyMap<string, string>,
  response: ServerResponse,
): Promise<void> {
  const known = files.get(url);
  if (url === '/favicon.ico') response.writeHead(204).end();
  else if (url === '/') response.setHeader('content-type', 'text/html').end(html());
  else if (known !== undefined) response.setHeader('content-type', TYPES[path.extname(url)] ?? '').end(known);
  else if (!/^\/runtime\.(?:js|css)$/.test(url)) response.writeHead(404).end();
  else {
    response.setHeader('content-type', TYPES[path.extname(url)] ?? '');
    response.end(await readFile(path.join(TEST, '..', 'dist', 'webview', url)));
  }
}

const html = (): string =>
  pageHtml({
    ...{ title: 'GC and runtime', cspSource: `'self'`, nonce: 'bm9uY2U=' },
    ...{ scripts: ['/vscode.js', '/runtime.js'], styles: ['/runtime.css'], shown: 'null' },
  });

/** What VS Code puts around a page: its colours, and the way to the extension. */
async function vsCode(theme: PageTheme): Promise<string> {
  const script = await readFile(path.join(import.meta.dirname, 'like-vscode.js'), 'utf8');
  return `const THEME = ${JSON.stringify({ name: theme, variables: THEME_VARIABLES[theme] })};\n${script}`;
}

type ThemeValues = readonly [PageTheme, Readonly<Record<string, string>>];

/** Runs in the page. */
function applyTheme([theme, variables]: ThemeValues): void {
  const { style } = document.documentElement;
  for (const name of Array.from(style)) style.removeProperty(name);
  for (const [name, value] of Object.entries(variables)) style.setProperty(`--vscode-${name}`, value);
  document.body.className = `vscode-${theme}`;
}
