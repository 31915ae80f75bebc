/** The exported page in a real browser, opened from a file. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { renderFlameHtml } from '../../../src/backend/flame-html.ts';
import type { StackProfile, StackTrack } from '../../../src/model/stacks/stack-profile.ts';
import { stacksOf } from '../../draw/stacks-of.ts';
import { launchBrowser } from '../harness/browser.ts';
import { openHtml, type OpenOptions, type OpenPage } from '../harness/html-page.ts';
import { shot } from '../harness/page-actions.ts';
import { until } from '../host/until.ts';

const DIST = path.join(import.meta.dirname, '../../../dist');
const FACTS = {
  producer: 'slowcatch@test',
  startedAt: '2026-11-23T10:31:22.480Z',
  intervalMicroseconds: 1020,
};

const SHOP = stacksOf(`
  shop.js · pid 4711
    (idle) 1000000
    (garbage collector) 10000
    serve /shop/src/shop.js:1 10000
      rank /shop/src/rank.js:9 60000
        compare /shop/src/rank.js:12 20000
  worker mail.js · pid 4711 thread 1
    send /shop/src/mail.js:4 40000
`);

let browser: Browser;
let opened: OpenPage | undefined;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(profile: StackProfile, options: OpenOptions = {}): Promise<Page> {
  opened = await openHtml(browser, await renderFlameHtml(profile, FACTS, DIST), options);
  return opened.page;
}

async function openGraph(profile: StackProfile, options: OpenOptions = {}): Promise<Page> {
  const page = await open(profile, options);
  await page.locator('canvas').waitFor();
  return page;
}

const details = (page: Page): Promise<string> => page.locator('.details').innerText();

/** Middle of the row so many above the root's, at a share of the width. */
async function pointOf(page: Page, row: number, share: number): Promise<{ x: number; y: number }> {
  // It is replaced when another graph is drawn.
  const box = await until('a canvas', () => page.locator('canvas').boundingBox());
  return { x: box.x + box.width * share, y: box.y + box.height - 18 * row - 9 };
}

async function hover(page: Page, row: number, share: number): Promise<string> {
  const { x, y } = await pointOf(page, row, share);
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
  return await details(page);
}

/** Pixels of the canvas by colour, those that are see-through left out: `255,0,0`. */
const colors = (page: Page): Promise<Map<string, number>> =>
  page
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const counts: Record<string, number> = {};
      for (let at = 0; at < data.length; at += 4)
        if (data[at + 3]! > 0) {
          const color = `${data[at]},${data[at + 1]},${data[at + 2]}`;
          counts[color] = (counts[color] ?? 0) + 1;
        }
      return counts;
    })
    .then(counts => new Map(Object.entries(counts)));

const CYAN = '0,255,255';
const HOT = '243,90,69';

test('the graph is painted, its frames say what they are, and the page does nothing else', async () => {
  const page = await openGraph(SHOP);
  // Two frames of more than a tenth of the time, one of which is three quarters of the width.
  expect((await colors(page)).get(HOT)).toBeGreaterThan(10_000);
  expect(await hover(page, 2, 0.5)).toBe(
    'rank /shop/src/rank.js:9 · total 80.0 ms (80 %) · self 60.0 ms (60 %)',
  );
  expect(opened?.noise).toEqual([]);
  await shot(page, 'html-light');
});

test('functions are found by name and by file, and marked', async () => {
  const page = await openGraph(SHOP);
  const found = page.locator('.found');
  await page.getByRole('searchbox', { name: 'Search functions' }).fill('RANK.js');
  await until('what was found', async () => (await found.innerText()) === '2 frames, 80 %');
  expect((await colors(page)).get(CYAN)).toBeGreaterThan(1000);
  await shot(page, 'html-search');
  await page.getByRole('searchbox').fill('nowhere');
  await until('nothing', async () => (await found.innerText()) === 'nothing found');
  await page.getByRole('searchbox').fill('');
  await until('no mark', async () => (await colors(page)).get(CYAN) === undefined);
});

test('a click zooms to a frame, the browser goes back, and a button zooms out', async () => {
  const page = await openGraph(SHOP);
  const { x, y } = await pointOf(page, 3, 0.2);
  await page.mouse.click(x, y);
  await until('all of the width', async () => (await hover(page, 3, 0.99)).startsWith('compare'));
  expect(await hover(page, 2, 0.01)).toContain('rank');
  await shot(page, 'html-zoomed');
  await page.goBack();
  await until('the whole', async () => !(await hover(page, 3, 0.99)).startsWith('compare'));
  await page.goForward();
  await until('zoomed again', async () => (await hover(page, 3, 0.99)).startsWith('compare'));
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await until('the whole', async () => !(await hover(page, 3, 0.99)).startsWith('compare'));
  expect(opened?.noise).toEqual([]);
});

test('everything is reached by keyboard', async () => {
  const page = await openGraph(SHOP);
  const graph = page.getByRole('application');
  for (let tab = 0; tab < 20 && !(await graph.evaluate(each => each === document.activeElement)); tab++)
    await page.keyboard.press('Tab');
  expect(await details(page)).toContain('CPU time');
  const walk: string[] = [];
  for (const key of [
    'ArrowUp',
    'ArrowUp',
    'ArrowUp',
    'ArrowUp',
    'ArrowDown',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
  ]) {
    await page.keyboard.press(key);
    walk.push((await details(page)).split(' ')[0]!);
  }
  expect(walk).toEqual(['serve', 'rank', 'compare', 'compare', 'rank', 'serve', '(garbage', 'serve']);
  await shot(page, 'html-keyboard');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await until('zoomed', async () => (await hover(page, 2, 0.99)).startsWith('rank'));
  await graph.focus();
  await page.keyboard.press('Escape');
  await until('the whole', async () => !(await hover(page, 2, 0.99)).startsWith('rank'));
});

test('each thread has its own graph; back in the history is the one before', async () => {
  const page = await openGraph(SHOP);
  const threads = page.getByRole('combobox', { name: 'Thread' });
  await threads.selectOption({ label: 'worker mail.js · pid 4711 thread 1' });
  expect(await hover(page, 1, 0.5)).toContain('send /shop/src/mail.js:4 · total 40.0 ms (100 %)');
  await page.goBack();
  await until('the first thread', async () => (await hover(page, 2, 0.5)).startsWith('rank'));
  expect(await threads.inputValue()).toBe('0');
});

test('idle time is drawn when it is asked for', async () => {
  const page = await openGraph(SHOP);
  const idle = page.getByRole('button', { name: 'Idle' });
  expect(await idle.getAttribute('aria-pressed')).toBe('false');
  await idle.click();
  expect(await idle.getAttribute('aria-pressed')).toBe('true');
  expect(await hover(page, 1, 0.5)).toBe('(idle) · total 1.00 s (91 %) · self 1.00 s (91 %)');
  await idle.click();
  expect(await hover(page, 1, 0.5)).toContain('serve');
});

test('kinds can be hidden and told apart by colour', async () => {
  const page = await openGraph(SHOP);
  const before = await colors(page);
  await page.getByRole('button', { name: 'Colour by kind' }).click();
  await until('other colours', async () =>
    [...(await colors(page)).keys()].some(color => !before.has(color)),
  );
  await shot(page, 'html-kinds');
  await page.getByRole('button', { name: 'your code' }).click();
  await until('no frame', async () => !/rank|serve/.test(await hover(page, 1, 0.5)));
});

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  `"'><b onmouseover='alert(1)'>`,
  '<!--<script>',
  '\u2028\u202E\uD83D${alert(1)}`',
  'javascript:alert(1)//',
  'x'.repeat(50_000),
];

test('names that look like markup or code are text, wherever they are shown', async () => {
  const shape = (count: number): StackProfile =>
    stacksOf(
      ['main', ...Array.from({ length: count }, (_, at) => `${'  '.repeat(at + 1)}f${at} a.js:1 1000`)].join(
        '\n',
      ),
    );
  const elements = (page: Page): Promise<number> => page.locator('*').count();
  const plainPage = await openGraph(shape(HOSTILE.length));
  await hover(plainPage, 1, 0.05);
  const plain = await elements(plainPage);
  await opened?.close();
  const drawn = shape(HOSTILE.length);
  const page = await openGraph({
    ...drawn,
    name: HOSTILE[0]!,
    functions: drawn.functions.map((each, at) => ({
      ...each,
      name: HOSTILE[at]!,
      file: `/a/${HOSTILE[at]!}`,
    })),
    tracks: [1, 2].map(at => ({ ...drawn.tracks[0]!, name: HOSTILE[at]! })),
  });
  for (let row = 1; row <= HOSTILE.length; row++) expect(await hover(page, row, 0.05)).toContain('total');
  expect(await hover(page, 2, 0.05)).toContain(HOSTILE[1]);
  await page.getByRole('searchbox').fill('<img');
  await until('what was found', async () =>
    (await page.locator('.found').innerText()).startsWith('1 frame,'),
  );
  // A second thread is one more option, and one more fact.
  const added = 1 + 3;
  expect((await elements(page)) - plain).toBe(added);
  expect(opened?.noise).toEqual([]);
  await shot(page, 'html-hostile');
});

test('without JavaScript the table is there', async () => {
  const page = await open(SHOP, { javaScriptEnabled: false });
  expect(await page.getByRole('table').innerText()).toContain('rank');
  expect(await page.locator('noscript').innerText()).toContain('needs JavaScript');
});

test('a browser that cannot unpack the data says so, and shows the table', async () => {
  const page = await open(SHOP, { before: () => Reflect.deleteProperty(globalThis, 'DecompressionStream') });
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toContain('This browser cannot draw the graph');
  expect(await page.getByRole('row').count()).toBe(6);
});

/** Each function calls itself or the next, so many frames deep. */
function chain(depth: number): StackTrack {
  return {
    ...stacksOf('main').tracks[0]!,
    nodeCount: depth + 1,
    parent: Int32Array.from({ length: depth + 1 }, (_, node) => node - 1),
    function: new Int32Array(depth + 1).fill(-1, 0, 1),
    self: new Float64Array(depth + 1).fill(1000, 1),
    samples: new Float64Array(depth + 1).fill(1, 1),
  };
}

test('a recursion of 10,000 frames is drawn as far as a browser can', async () => {
  const page = await openGraph({ ...stacksOf('main\n  visit /shop/tree.js:3 1'), tracks: [chain(10_000)] });
  expect(await hover(page, 1, 0.5)).toContain('visit');
  expect((await page.locator('main').innerText()).replaceAll('\n', ' ')).toContain(
    'up to 400 above each other',
  );
  await page.getByRole('searchbox').fill('visit');
  await until('all', async () => (await page.locator('.found').innerText()) === '400 frames, 100 %');
  const { x, y } = await pointOf(page, 5, 0.5);
  await page.mouse.click(x, y);
  await until('zoomed', async () => (await page.evaluate(() => location.hash)).includes('nodeId'));
  expect(opened?.noise).toEqual([]);
});

test('of 200 threads each can be drawn', async () => {
  const drawn = stacksOf('main\n  visit /shop/tree.js:3 1000\n    leaf /shop/tree.js:9 10');
  const tracks = Array.from({ length: 200 }, (_, at) => ({ ...drawn.tracks[0]!, name: `worker ${at}` }));
  const page = await openGraph({ ...drawn, tracks });
  await page.getByRole('combobox').selectOption({ label: 'worker 199' });
  expect(await hover(page, 1, 0.5)).toContain('visit');
});

test('one function is a graph, too, and bytes are bytes', async () => {
  const page = await openGraph(stacksOf('main\n  fill /shop/cache.js:3 4800000', 'bytes'));
  expect(await hover(page, 1, 0.5)).toBe(
    'fill /shop/cache.js:3 · total 4.80 MB (100 %) · self 4.80 MB (100 %)',
  );
  expect(await page.locator('header').innerText()).toContain('4.80 MB');
  await shot(page, 'html-bytes');
});

test('without any sample the page says what to do, and runs no script', async () => {
  const page = await open(stacksOf('main\n  (idle) 500000'));
  expect(await page.locator('main').innerText()).toContain('it was idle for 500 ms');
  expect(await page.locator('canvas').count()).toBe(0);
  expect(opened?.noise).toEqual([]);
  await shot(page, 'html-empty');
});

test('the page follows the colours of the system, also when they change', async () => {
  const page = await openGraph(SHOP, { colorScheme: 'dark' });
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await background()).toBe('rgb(20, 23, 28)');
  await shot(page, 'html-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await background()).toBe('rgb(255, 255, 255)');
  expect(await hover(page, 2, 0.5)).toContain('rank');
});

test('in high contrast what is shown and what is pressed can be told', async () => {
  const page = await openGraph(SHOP, { forcedColors: 'active', colorScheme: 'dark' });
  const backgroundOf = (name: string): Promise<string> =>
    page.getByRole('button', { name }).evaluate(each => getComputedStyle(each).backgroundColor);
  expect(await backgroundOf('your code')).not.toBe(await backgroundOf('Idle'));
  await shot(page, 'html-high-contrast');
});

test('a narrow window shows all of it', async () => {
  const page = await openGraph(SHOP, { viewport: { width: 480, height: 800 } });
  const { wide, width } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    width: innerWidth,
  }));
  expect(wide).toBeLessThanOrEqual(width);
  await page.setViewportSize({ width: 900, height: 800 });
  await until('a wider graph', async () => (await page.locator('canvas').boundingBox())!.width > 600);
  await shot(page, 'html-narrow');
});
