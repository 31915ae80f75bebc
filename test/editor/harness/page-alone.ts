/// <reference lib="dom" />
/** The page of a view as built, in a browser alone: with the policy, messages and colours of VS Code. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../../src/extension/webviews/page.ts';
import { Closing } from './closing.ts';
import { TEST } from './folders.ts';
import { type PageTheme, THEME_VARIABLES } from './theme-variables.ts';

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

/** A view by its bundle, its data and its messages. */
export interface ViewAlone<Data, ToView, FromView = never> {
  /** `runtime`. */
  readonly bundle: string;
  /** Gives the page the address of its view file. */
  readonly show: (uri: string, data: Data) => ToView;
  /** What the host says to a question of the page. */
  readonly answer?: (message: FromView, data: Data) => ToView | undefined | Promise<ToView | undefined>;
}

export interface PageAlone<Data, ToView, FromView> {
  readonly page: Page;
  /** Everything that the page has posted, and errors that it has thrown or its policy has refused. */
  readonly posted: readonly FromView[];
  readonly errors: readonly string[];
  /** Gives it a view file, as its host does when it says `ready`; resolves when it is drawn. */
  readonly show: (data: Data) => Promise<void>;
  readonly post: (message: ToView) => Promise<void>;
  readonly theme: (theme: PageTheme) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the page in a window of its own; resolves when it has said `ready`. */
export async function openPage<Data, ToView extends object, FromView extends { readonly type: string }>(
  browser: Browser,
  view: ViewAlone<Data, ToView, FromView>,
  options: PageOptions = {},
): Promise<PageAlone<Data, ToView, FromView>> {
  const { width = 1200, height = 900, theme = 'dark', zoom = 1 } = options;
  const closing = new Closing();
  const files = new Map([['/vscode.js', await vsCode(theme)]]);
  const origin = await serve(view.bundle, files, closing);
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: zoom });
  closing.onClose(() => page.close());
  const posted: FromView[] = [];
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const setTheme = (theme: PageTheme) => page.evaluate(applyTheme, [theme, THEME_VARIABLES[theme]] as const);
  const { promise: ready, resolve: isReady } = promiseWithResolvers();
  await page.exposeFunction('slowcatchPosted', (message: FromView | { readonly type: 'ready' }) => {
    if (message.type === 'ready') isReady();
    else {
      posted.push(message as FromView);
      void answer(message as FromView);
    }
  });
  await page.goto(`${origin}/`);
  await ready;
  const post = async (told: ToView): Promise<void> => {
    const message: object = told;
    await page.evaluate(async message => {
      window.postMessage(message, '*');
      for (let turn = 0; turn < 2; turn++) await new Promise(resolve => requestAnimationFrame(resolve));
    }, message);
  };
  let shown = 0;
  let now: Data | undefined;
  const answer = async (message: FromView): Promise<void> => {
    try {
      const told = now === undefined ? undefined : await view.answer?.(message, now);
      if (told) await post(told);
    } catch (error) {
      // A page that is closed meanwhile needs no answer.
      if (!page.isClosed()) errors.push(String(error));
    }
  };
  const show = async (data: Data): Promise<void> => {
    now = data;
    const name = `/view-${shown++}.json`;
    files.set(name, JSON.stringify(data));
    await post(view.show(`${origin}${name}`, data));
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

async function serve(bundle: string, files: ReadonlyMap<string, string>, closing: Closing): Promise<string> {
  const server = createServer((request, response) => void answer(bundle, request.url ?? '', files, response));
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
  bundle: string,
  url: string,
  files: ReadonlyMap<string, string>,
  response: ServerResponse,
): Promise<void> {
  const known = files.get(url);
  if (url === '/favicon.ico') response.writeHead(204).end();
  else if (url === '/') response.setHeader('content-type', 'text/html').end(html(bundle));
  else if (known !== undefined) response.setHeader('content-type', TYPES[path.extname(url)] ?? '').end(known);
  else if (![`/${bundle}.js`, `/${bundle}.css`].includes(url)) response.writeHead(404).end();
  else {
    response.setHeader('content-type', TYPES[path.extname(url)] ?? '');
    response.end(await readFile(path.join(TEST, '..', 'dist', 'webview', url)));
  }
}

const html = (bundle: string): string =>
  pageHtml({
    ...{ title: bundle, cspSource: `'self'`, nonce: 'bm9uY2U=' },
    ...{ scripts: ['/vscode.js', `/${bundle}.js`], styles: [`/${bundle}.css`], shown: 'null' },
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
