/** A view of `webview-ui/` in a browser without an editor around it: its page, policy and files as the extension gives them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, Route } from 'playwright-core';
import { pageHtml } from '../../../src/extension/webviews/page.ts';
import { TEST } from './folders.ts';

const ORIGIN = 'https://views.test';
const DIST = path.join(TEST, '..', 'dist', 'webview');

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Stands in for the editor: keeps what the view tells and what it wants to keep. */
interface Stand {
  readonly told: unknown[];
  state: unknown;
}

export interface ViewOptions {
  /** Bundle: `flame`. */
  readonly view: string;
  readonly hasInlineStyles?: boolean;
  readonly shown?: unknown;
  /** Of the body: `vscode-dark`. */
  readonly theme?: string;
  /** View files by name, below `fileUri`. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** What the view kept when it was shown before. */
  readonly state?: unknown;
}

export const fileUri = (name: string): string => `${ORIGIN}/files/${name}`;
export const bundleUri = (name: string): string => `${ORIGIN}/dist/${name}`;

export async function openView(page: Page, options: ViewOptions): Promise<void> {
  const { view, theme = 'vscode-dark', files = {}, state = null, hasInlineStyles = false } = options;
  const html = pageHtml({
    ...{ title: view, cspSource: ORIGIN, nonce: 'test', hasInlineStyles },
    scripts: [bundleUri(`${view}.js`)],
    styles: [bundleUri(`${view}.css`)],
    shown: JSON.stringify(options.shown ?? null),
  }).replace('<body ', `<body class="${theme}" `);
  await page.route(`${ORIGIN}/**`, route => answer(route, html, files));
  await page.addInitScript({
    content: `const stand = { told: [], state: ${JSON.stringify(state)} };
      window.stand = stand;
      window.acquireVsCodeApi = () => ({
        postMessage: message => stand.told.push(message),
        getState: () => stand.state ?? undefined,
        setState: state => { stand.state = state; },
      });`,
  });
  await page.goto(`${ORIGIN}/`);
}

async function answer(
  route: Route,
  html: string,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const [, folder = '', ...names] = pathname.split('/');
  const name = names.join('/');
  if (folder === '') return route.fulfill({ contentType: 'text/html', body: html });
  const body =
    folder === 'files' ? files[name] : await readFile(path.join(DIST, name)).catch(() => undefined);
  if (body === undefined) return route.fulfill({ status: 404 });
  return route.fulfill({ body, contentType: TYPES[path.extname(name)] ?? 'application/octet-stream' });
}

/** A message to the view, as from the extension. */
export const post = (page: Page, message: unknown): Promise<void> =>
  page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);

const standOf = (page: Page): Promise<Stand> => page.evaluate<Stand>('window.stand');

/** Everything that the view has told so far. */
export const told = async (page: Page): Promise<readonly unknown[]> => (await standOf(page)).told;

export const stateOf = async (page: Page): Promise<unknown> => (await standOf(page)).state;
