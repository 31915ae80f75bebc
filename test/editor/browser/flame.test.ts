/**
 * The flamegraph's page in a real Chromium, without an editor: what we rely on inside speedscope, and what the page
 * makes of it. When the first of these fails after an update, `webview-ui/flame/speedscope-internals.ts` names what is
 * gone; compare it with speedscope's sources (src/views/application.tsx, flamechart-view.tsx, profile-table-view.tsx).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../scripts/editor/browser.mjs';
import type { FlamePage } from '../../../src/contracts/views/flame.ts';
import { flameFile } from '../../../src/present/flame/flame-file.ts';
import { functionTable } from '../../../src/present/flame/function-table.ts';
import { stacksOf } from '../../draw/stacks-of.ts';
import { TEST } from '../harness/folders.ts';
import { shot } from '../harness/page-actions.ts';
import { bundleUri, fileUri, openView, post, stateOf, told } from '../harness/view-page.ts';

/** Functions 0 tick, 1 burn, 2 sort, 3 boot, 4 (garbage collector), 5 sum. */
const STACKS = `
  main · pid 1
    tick app.js:6 5000
      burn app.js:1 100000
        sort app.js:12 30000
    boot app.js:9 20000
      burn app.js:1 1000
    (garbage collector) 8000
  worker · pid 1 thread 2
    sum app.js:1 10000
`;

const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic'];

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser() ?? '', args: FLAGS });
});
afterAll(() => browser?.close());

interface Opened {
  readonly page: Page;
  readonly inside: FrameLocator;
}

interface Options {
  readonly stacks?: string;
  readonly theme?: string;
  readonly state?: unknown;
  readonly about?: Partial<FlamePage>;
  readonly viewport?: { readonly width: number; readonly height: number };
}

async function open({ stacks = STACKS, theme, state, about = {}, viewport }: Options = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: viewport ?? { width: 1100, height: 700 } });
  const profile = stacksOf(stacks);
  const drawn = flameFile(profile, file => file);
  const files = { flame: drawn.text, table: JSON.stringify(functionTable(profile, file => file)) };
  const styles = theme === undefined ? {} : { theme };
  await openView(page, {
    view: 'flame',
    hasInlineStyles: true,
    files,
    ...styles,
    ...(state ? { state } : {}),
  });
  await post(page, {
    ...{ type: 'reading', text: 'Reading shop …' },
    speedscope: {
      script: bundleUri('speedscope/speedscope.js'),
      style: bundleUri('speedscope/speedscope.css'),
      font: bundleUri('speedscope/source-code-pro.woff2'),
    },
  });
  await post(page, {
    type: 'show',
    page: {
      ...{ id: '1', name: 'shop', metric: 'cpu', metrics: ['cpu'], total: '174 ms', notes: [] },
      ...{ order: 'weight', orders: ['weight'] },
      tableFile: fileUri('table'),
      ...(about.empty === undefined ? { flameFile: fileUri('flame') } : {}),
      tracks: drawn.tracks.map(({ name }) => name),
      ...about,
    },
  });
  if (about.empty === undefined) await painted(page);
  return { page, inside: page.frameLocator('iframe.speedscope') };
}

const painted = (page: Page): Promise<void> => page.locator('body.painted').waitFor();

/** What the page has asked to open. */
const opened = async (page: Page): Promise<unknown[]> =>
  (await told(page)).flatMap(message => {
    const { type, index } = message as { type: string; index?: number };
    return type === 'open' ? [index] : [];
  });

/** Where the page says that the user is. */
const position = async (page: Page): Promise<unknown> =>
  ((await stateOf(page)) as { kept?: { position?: unknown } } | undefined)?.kept?.position;

/** The rows of the flamegraph, of the first track: tick, burn, sort. */
const ROWS = { tick: 150, burn: 172, sort: 192 } as const;

async function pointAt({ page }: Opened, row: keyof typeof ROWS): Promise<{ x: number; y: number }> {
  const box = await page.locator('iframe.speedscope').boundingBox();
  const point = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + ROWS[row] };
  await page.mouse.move(point.x, point.y);
  return point;
}

describe('what we rely on in speedscope', () => {
  test('is pinned to the version whose insides we know', () => {
    const root = path.join(TEST, '..');
    const read = (file: string) =>
      JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, never>;
    expect(read('package.json')['devDependencies']).toHaveProperty('speedscope', '1.25.0');
    expect(read('node_modules/speedscope/package.json')['version']).toBe('1.25.0');
  });

  test('it draws a file from its own input, opens the heaviest-first view, and takes our key for a frame', async () => {
    const view = await open();
    const point = await pointAt(view, 'burn');
    await view.page.mouse.click(point.x, point.y);
    await expect
      .poll(() => position(view.page))
      .toMatchObject({ track: 0, mode: 'left-heavy', path: [0, 1] });
    await view.page.close();
  });

  test('its bar has the ways of looking, ours left out, and neither import nor export', async () => {
    const { page, inside } = await open();
    const isVisible = (text: string) => inside.getByText(text, { exact: false }).first().isVisible();
    expect(await isVisible('Left Heavy')).toBe(true);
    expect(await isVisible('Sandwich')).toBe(true);
    for (const text of ['Time Order', 'Import', 'Export', 'Help'])
      expect([text, await isVisible(text)]).toEqual([text, false]);
    await page.close();
  });
});

describe('a flamegraph opens lines', () => {
  test('by double click, by a click on a line of the stack, by Enter', async () => {
    const view = await open();
    const { page, inside } = view;
    const point = await pointAt(view, 'burn');
    await page.mouse.dblclick(point.x, point.y);
    await expect.poll(() => opened(page)).toEqual([1]);
    await inside.getByText('(app.js:6').last().click();
    await expect.poll(() => opened(page)).toEqual([1, 0]);
    await page.keyboard.press('Enter');
    await expect.poll(() => opened(page)).toEqual([1, 0, 1]);
    await page.close();
  });

  test('a click that only selects opens nothing', async () => {
    const view = await open();
    const point = await pointAt(view, 'tick');
    await view.page.mouse.click(point.x, point.y);
    await expect.poll(() => position(view.page)).toMatchObject({ path: [0] });
    expect(await opened(view.page)).toEqual([]);
    await view.page.close();
  });
});

describe('a function is focused on', () => {
  test('with its callers and callees, whatever was shown before', async () => {
    const { page, inside } = await open();
    await post(page, { type: 'focus', index: 1 });
    await expect.poll(() => position(page)).toEqual({ track: 0, mode: 'sandwich', path: [1] });
    await inside.getByText('Callers').waitFor();
    await shot(page, 'flame-focus');
    await page.close();
  });

  test('from the table', async () => {
    const { page } = await open();
    await page.click('#tab-table');
    await page.click('tbody button:has-text("sort")');
    await expect.poll(() => position(page)).toEqual({ track: 0, mode: 'sandwich', path: [2] });
    await page.close();
  });
});

describe('what the user sees comes back', () => {
  test('after a change of theme, which makes the flamegraph anew', async () => {
    const view = await open();
    const { page } = view;
    const point = await pointAt(view, 'burn');
    await page.mouse.click(point.x, point.y);
    await expect.poll(() => position(page)).toMatchObject({ path: [0, 1] });
    await page.evaluate(`document.body.className = 'vscode-light'`);
    await painted(page);
    await expect.poll(() => position(page)).toMatchObject({ path: [0, 1] });
    await page.frameLocator('iframe.speedscope').getByText('This Instance').waitFor();
    await shot(page, 'flame-light-again');
    await page.close();
  });

  test('after the graphics driver was reset', async () => {
    const { page } = await open();
    const losses = 3;
    for (let loss = 1; loss <= losses; loss++) {
      await page.evaluate(`{
        const { contentDocument } = document.querySelector('iframe.speedscope');
        document.querySelector('iframe.speedscope').dataset.loss = '${loss}';
        const [context] = [...contentDocument.querySelectorAll('canvas')].map(each => each.getContext('webgl')).filter(Boolean);
        context.getExtension('WEBGL_lose_context').loseContext();
      }`);
      await page.locator('iframe.speedscope.shown:not([data-loss])').waitFor();
    }
    await shot(page, 'flame-after-loss');
    await page.close();
  });

  test('after the view was hidden: thread, way of looking and function', async () => {
    const kept = {
      metric: 'cpu',
      order: 'weight',
      tab: 'flame',
      sort: 'self',
      position: { track: 1, mode: 'sandwich', path: [5] },
    };
    const { page, inside } = await open({ state: { shown: null, kept } });
    await inside.getByText('worker · pid 1 thread 2').first().waitFor();
    await expect.poll(() => position(page)).toEqual({ track: 1, mode: 'sandwich', path: [5] });
    await page.close();
  });

  test('a state that means nothing any more is harmless', async () => {
    const kept = {
      metric: 'cpu',
      order: 'weight',
      tab: 'flame',
      position: { track: 9, mode: 'left-heavy', path: [77, 78] },
    };
    const { page } = await open({ state: { shown: null, kept } });
    expect(await opened(page)).toEqual([]);
    await page.close();
  });
});

describe('without a mouse', () => {
  test('tabs, the table and its places are reached and used', async () => {
    const { page } = await open();
    await page.focus('#tab-flame');
    await page.keyboard.press('ArrowRight');
    await page.locator('tbody tr').first().waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('tab-table');
    await page.locator('tbody .place button').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => opened(page)).toEqual([1]);
    await page.locator('tbody .fold').first().focus();
    await page.keyboard.press('Space');
    await page.getByText('called by').first().waitFor();
    await shot(page, 'flame-table-callers');
    await page.close();
  });

  test('keys of the editor are handed on to it, what is typed is not', async () => {
    const { page, inside } = await open();
    await page.evaluate(
      `window.keys = []; window.addEventListener('keydown', event => window.keys.push(event.key))`,
    );
    await inside.locator('body').press('F1');
    await inside.locator('body').press('Control+p');
    expect(await page.evaluate('window.keys')).toEqual(['F1', 'Control', 'p']);
    await page.close();
  });
});

describe('the page is right', () => {
  test.each(['vscode-dark', 'vscode-light', 'vscode-high-contrast'])('in %s', async theme => {
    const { page } = await open({
      theme,
      about: { notes: ['Idle time is left out: 12.0 s (90 %).'], hints: 'shown' },
    });
    await shot(page, `flame-page-${theme}`);
    await page.close();
  });

  test('at 200 %: nothing is out of reach', async () => {
    const { page } = await open({
      viewport: { width: 550, height: 350 },
      about: { notes: ['Idle time is left out: 12.0 s (90 %).'] },
    });
    const fits = await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
    expect(fits).toBe(true);
    await page.getByText('Export…').click({ trial: true });
    await shot(page, 'flame-page-zoomed');
    await page.close();
  });

  test('with names that are long, or that would be markup', async () => {
    const name = `</script><img src=x onerror=alert(1)>${'veryLongFunctionName'.repeat(20)}`;
    const { page, inside } = await open({ stacks: `main\n  ${name} app.js:6 50` });
    await page.click('#tab-table');
    await page.getByText('onerror').first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await inside.locator('img').count()).toBe(0);
    await shot(page, 'flame-long-names');
    await page.close();
  });

  test('without anything to draw it says why, and what to do', async () => {
    const empty = 'The program burnt no CPU time: it was idle for 10.0 s. Record while it has work to do.';
    const { page } = await open({ about: { empty } });
    await page.getByText(empty).waitFor();
    await shot(page, 'flame-empty');
    await page.close();
  });

  test('when it cannot be drawn, the table is there', async () => {
    const other = await browser.newPage();
    await openView(other, { view: 'flame', hasInlineStyles: true });
    await post(other, {
      type: 'failed',
      message: 'This is not a readable profile.',
      advice: 'Open another.',
    });
    await other.getByText('This is not a readable profile.').waitFor();
    await other.click('text=Try Again');
    expect((await told(other)).at(-1)).toEqual({ type: 'retry' });
    await shot(other, 'flame-failed');
    await other.close();
  });
});
