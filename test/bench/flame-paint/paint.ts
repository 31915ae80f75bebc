/**
 * `paint.ts ROUNDS PROFILE FLAME TABLE`: in turns, each in a browser of its own, our view with its view files, speedscope
 * itself with the same `.cpuprofile`, and an empty page. Prints as JSON by name the milliseconds to the first frame that
 * shows the flamegraph (speedscope's from the choice of the file, when it is loaded already) and the most memory that a
 * renderer process had.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { pageHtml } from '../../../src/extension/webviews/page.ts';
import { launchBrowser } from '../../editor/harness/browser.ts';
import { until } from '../../editor/host/until.ts';

type Browser = Awaited<ReturnType<typeof launchBrowser>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

const LIMIT_MILLISECONDS = 180_000;
const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
};
const [rounds = '1', profile = '', flame = '', table = ''] = process.argv.slice(2);

interface Painted {
  readonly milliseconds: number;
  /** 0 where the system does not tell. */
  readonly peakBytes: number;
}

const server = createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname);
  const [body, type] = contentOf(name);
  if (body === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': type }).end(body);
});
const origin = await listen(server);
const speedscopeFiles = {
  script: `${origin}/dist/speedscope/speedscope.js`,
  style: `${origin}/dist/speedscope/speedscope.css`,
  font: `${origin}/dist/speedscope/source-code-pro.woff2`,
};
const shownPage = {
  ...{ id: '1', name: 'bench', metric: 'cpu', metrics: ['cpu'], order: 'weight', orders: ['weight'] },
  ...{ total: '1 s', tracks: ['main'], notes: [] },
  ...{ flameFile: `${origin}/files/flame`, tableFile: `${origin}/files/table` },
};

try {
  const ways = {
    ours: page => ours(page, false),
    oursFromNavigation: page => ours(page, true),
    speedscope,
    empty,
  } satisfies Record<string, (page: Page) => Promise<number>>;
  const painted = Object.entries(ways).map(([name, way]) => ({ name, way, times: [] as Painted[] }));
  for (let round = 0; round < Number(rounds); round++)
    for (const { way, times } of painted) times.push(await inBrowser(way));
  console.log(JSON.stringify(Object.fromEntries(painted.map(({ name, times }) => [name, times]))));
} finally {
  server.close();
}

function contentOf(name: string): readonly [string | Uint8Array | undefined, string] {
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
  if (name === '/view') return [viewHtml(), 'text/html'];
  if (name === '/empty') return ['<!doctype html>', 'text/html'];
  const folders = {
    '/dist/': path.join(ROOT, 'dist', 'webview'),
    '/stock/': path.join(ROOT, 'node_modules', 'speedscope', 'dist', 'release'),
  };
  if (name === '/files/flame') return [readFileSync(flame), type];
  if (name === '/files/table') return [readFileSync(table), type];
  for (const [prefix, folder] of Object.entries(folders))
    if (name.startsWith(prefix)) return [readIfThere(path.join(folder, name.slice(prefix.length))), type];
  return [undefined, type];
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function viewHtml(): string {
  return pageHtml({
    ...{ title: 'flame', cspSource: origin, nonce: 'bench', hasInlineStyles: true, shown: 'null' },
    scripts: [`${origin}/dist/flame.js`],
    styles: [`${origin}/dist/flame.css`],
  }).replace('<body ', '<body class="vscode-dark" ');
}

/**
 * The editor's part. It has the data at once, or, as when the server reads a profile, some time after the page was
 * loaded; the time is taken in the page, from navigation or from the hand-over on.
 */
function editorStand(hasDataAtOnce: boolean): string {
  return `if (window === window.top) {
    const tell = message => window.postMessage(message, '*');
    let start = 0;
    const show = () => tell(${JSON.stringify({ type: 'show', page: shownPage })});
    const isLoaded = () => document.querySelector('iframe')?.contentDocument?.querySelector('#file');
    window.acquireVsCodeApi = () => ({
      getState: () => undefined,
      setState: () => undefined,
      postMessage: () => {
        tell(${JSON.stringify({ type: 'reading', text: '', speedscope: speedscopeFiles })});
        if (${hasDataAtOnce}) show();
        else requestAnimationFrame(function look() {
          if (!isLoaded()) return requestAnimationFrame(look);
          start = performance.now();
          show();
        });
      },
    });
    requestAnimationFrame(function look() {
      if (document.body?.classList.contains('painted')) globalThis.paintedAt = performance.now() - start;
      else requestAnimationFrame(look);
    });
  }`;
}

async function ours(page: Page, hasDataAtOnce: boolean): Promise<number> {
  await page.addInitScript({ content: editorStand(hasDataAtOnce) });
  await page.goto(`${origin}/view`, { waitUntil: 'commit' });
  return paintedAt(page);
}

/** It draws with three canvases, in the task that adds them. */
async function speedscope(page: Page): Promise<number> {
  await page.goto(`${origin}/stock/index.html`);
  await page.locator('#file').waitFor({ state: 'attached' });
  await page.evaluate(`document.addEventListener('change', () => {
    const start = performance.now();
    requestAnimationFrame(function look() {
      if (document.querySelectorAll('canvas').length < 3) requestAnimationFrame(look);
      else requestAnimationFrame(() => { globalThis.paintedAt = performance.now() - start; });
    });
  }, true)`);
  await page.setInputFiles('#file', profile);
  return paintedAt(page);
}

async function empty(page: Page): Promise<number> {
  await page.addInitScript({
    content:
      'requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.paintedAt = performance.now(); }));',
  });
  await page.goto(`${origin}/empty`);
  return paintedAt(page);
}

function paintedAt(page: Page): Promise<number> {
  return until(
    'the first paint',
    () => page.evaluate<number | undefined>('globalThis.paintedAt'),
    LIMIT_MILLISECONDS,
  );
}

async function inBrowser(way: (page: Page) => Promise<number>): Promise<Painted> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(LIMIT_MILLISECONDS);
    const milliseconds = await way(page);
    return { milliseconds, peakBytes: await peakOfRenderers(browser) };
  } finally {
    await browser.close();
  }
}

async function peakOfRenderers(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakOf(id));
  return Math.max(0, ...peaks);
}

/** The kernel's high-water mark of resident memory. */
function peakOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

function listen(on: Server): Promise<string> {
  return new Promise(resolve => {
    on.listen(0, '127.0.0.1', () => {
      const address = on.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
}
