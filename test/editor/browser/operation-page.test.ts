/** The operation panel's page in a real browser, as it is built, with made-up operations. */
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { NestedOperation, OperationView } from '../../../src/contracts/views/operation.ts';
import { item, ordersView, row } from '../../draw/operation-view.ts';
import { shot } from '../harness/page-actions.ts';
import { openOperationPage, type OperationPage } from '../harness/operation-page.ts';
import type { PageOptions } from '../harness/page-alone.ts';
import { TestedPage } from '../harness/tested-page.ts';

const HOSTILE = '<img src=x onerror="document.title=1"> \u202Egnp.exe';

const tested = new TestedPage(openOperationPage);
const open = (view: OperationView, options?: PageOptions): Promise<OperationPage> =>
  tested.open(view, options);
const button = (name: string): Locator => tested.button(name);
const track = (name: string): Locator =>
  tested.now.page.getByRole('listbox', { name: new RegExp(`^${name},`) });
const balloon = (): Locator => tested.now.page.locator('.balloon');

describe('in every theme', () => {
  for (const theme of ['light', 'dark', 'high-contrast'] as const)
    test(`an operation is drawn: ${theme}`, async () => {
      const { page } = await open(ordersView(), { theme, width: 1200, height: 620 });
      await track('Pool').hover({ position: { x: 120, y: 12 } });
      await balloon().waitFor();
      await shot(page, `operation-page-${theme}`);
      expect(await page.getByRole('listbox').count()).toBe(6);
    });
});

describe('a bar', () => {
  test('names its exact wait where the pointer is on it, and opens its line', async () => {
    const { posted } = await open(ordersView());
    await track('Pool').hover({ position: { x: 120, y: 12 } });
    expect(await balloon().innerText()).toBe(
      [
        'Pool · 152 ms · 37 % from 18.0 ms to 170 ms',
        '3 of 3 connections out, held by GET /report',
        'db.ts:14 · pg-pool',
        'At the same time:',
        'Files · /etc/shop/config.json · 40.2 ms',
      ].join('\n'),
    );
    await track('Pool').click({ position: { x: 120, y: 12 } });
    expect(posted).toEqual([{ type: 'open', place: { file: '/home/me/shop/src/db.ts', line: 14 } }]);
  });

  test('is reached by keys alone, with the same words for a screen reader', async () => {
    const { page, posted } = await open(ordersView());
    await track('Pool').focus();
    await page.keyboard.press('ArrowRight');
    const active = await track('Pool').getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-label')).toBe(
      'Pool · 78.0 ms · 19 %, from 174 ms to 252 ms, 3 of 3 connections out, held by GET /report, db.ts:14 · pg-pool',
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await balloon().innerText()).toMatch(/^Query · 960 µs · 0\.2 % from 373 ms/);
    await page.keyboard.press('Enter');
    expect(posted).toEqual([{ type: 'open', place: { file: '/home/me/shop/src/orders.ts', line: 22 } }]);
    await page.keyboard.press('ArrowDown');
    expect(await balloon().innerText()).toMatch(/^Event loop · 8\.00 ms · 1\.9 % .* upper bound/);
  });

  test('that is shorter than a pixel can be seen and pointed at', async () => {
    const tiny = row('fs', '200+0.01', [item('/etc/hosts', 0.01)]);
    const { page } = await open(ordersView({ rows: [row('unknown', '0+200', []), tiny] }));
    const bar = page.locator('.bar.fs');
    const box = await bar.boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(2);
    const { x, y } = (await track('Files').boundingBox())!;
    await page.mouse.move(x + (box!.x - x) + 4, y + 10);
    expect(await balloon().innerText()).toContain('10.0 µs');
  });
});

describe('the time line', () => {
  const firstTicks = async (): Promise<string[]> =>
    (await tested.now.page.locator('.tick').allInnerTexts()).slice(0, 2);

  test('is zoomed by dragging over the bars, and shows all again', async () => {
    const { page } = await open(ordersView());
    const box = (await track('Query').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 12, { steps: 4 });
    await page.locator('.brushed').first().waitFor();
    await page.mouse.up();
    await expect.poll(firstTicks).toEqual(['220 ms', '240 ms']);
    await button('Show all').click();
    await expect.poll(firstTicks).toEqual(['0 ms', '100 ms']);
  });

  test('is zoomed by keys around the bar in focus, which stays in sight', async () => {
    const { page } = await open(ordersView());
    await track('Query').focus();
    for (const key of ['+', '+', '+', '+', 'End']) await page.keyboard.press(key);
    await balloon().waitFor();
    const bar = await page.locator('.bar[aria-selected=true]').boundingBox();
    const seen = (await track('Query').boundingBox())!;
    expect(bar!.x).toBeGreaterThan(seen.x);
    expect(bar!.x).toBeLessThan(seen.x + seen.width);
    await page.keyboard.press('0');
    await expect.poll(firstTicks).toEqual(['0 ms', '100 ms']);
  });

  test('stays zoomed when the theme changes and when the page is made anew, but not for another operation', async () => {
    const { page } = await open(ordersView());
    await track('Pool').focus();
    for (const key of ['End', '+']) await page.keyboard.press(key);
    const before = await firstTicks();
    expect(before[0]).not.toBe('0 ms');
    await tested.now.theme('light');
    await page.reload();
    await tested.now.show(ordersView());
    expect(await firstTicks()).toEqual(before);
    await tested.now.show(ordersView({ key: 'p1-t0/18' }));
    expect(await firstTicks()).toEqual(['0 ms', '100 ms']);
  });
});

describe('the panel', () => {
  test('steps through the kept ones of the route by buttons and keys, not beyond the ends', async () => {
    const { page, posted } = await open(ordersView());
    await button('Next slower operation').click();
    await button('Next faster operation').click();
    await page.keyboard.press('.');
    await page.keyboard.press(',');
    expect(posted).toEqual([-1, 1, 1, -1].map(by => ({ type: 'step', by })));
    await tested.now.show(ordersView({ position: { rank: 1, of: 1 } }));
    expect(await button('Next slower operation').isDisabled()).toBe(true);
    expect(await button('Next faster operation').isDisabled()).toBe(true);
  });

  test('asks for flamegraphs, the text and lines', async () => {
    const { posted } = await open(ordersView());
    for (const name of ['Flamegraph', 'Flamegraph of all 310 requests', 'Copy as text', 'products.ts:52'])
      await button(name).click();
    expect(posted).toEqual([
      { type: 'flamegraph', of: 'operation', kind: 'http' },
      { type: 'flamegraph', of: 'route', kind: 'http' },
      { type: 'copy' },
      { type: 'open', place: { file: '/home/me/shop/src/products.ts', line: 52 } },
    ]);
  });

  test('has all stretches in a table', async () => {
    const { page } = await open(ordersView());
    await button('Show as table').click();
    const rows = await page.locator('.data tbody tr').allInnerTexts();
    expect(rows).toHaveLength(61);
    expect(rows[1]!.split('\t')).toEqual([
      ...['18.0 ms', '152 ms', '37 %', 'Pool', 'db.ts:14', '3 of 3 connections out, held by GET /report'],
      'Files · /etc/shop/config.json · 40.2 ms',
    ]);
    await shot(page, 'operation-page-table');
  });

  test('unfolds what a row was for', async () => {
    const { page } = await open(ordersView());
    const cpu = page.getByRole('button', { name: 'CPU' });
    expect(await cpu.getAttribute('aria-expanded')).toBe('true');
    await cpu.click();
    expect(await page.locator('.items').count()).toBe(0);
    await button('3 more').click();
    expect(await page.locator('.items li').allInnerTexts()).toHaveLength(4);
  });

  test('indents operations inside it, and opens those that were kept', async () => {
    const nested: NestedOperation[] = [
      {
        name: 'loadOrder',
        kind: 'call',
        depth: 0,
        fromMilliseconds: 20,
        milliseconds: 300,
        key: 'p1-t0/18',
      },
      { name: 'price', kind: 'call', depth: 1, fromMilliseconds: 200, milliseconds: 50 },
    ];
    const { page, posted } = await open(ordersView({ nested }), { height: 520 });
    await button('loadOrder').click();
    expect(posted).toEqual([{ type: 'operation', key: 'p1-t0/18', name: 'loadOrder' }]);
    expect(await page.getByRole('button', { name: 'price' }).count()).toBe(0);
    await shot(page, 'operation-page-nested');
  });

  test('shows the stack of a stall', async () => {
    const stack = [
      { name: 'parse', text: 'JSON' },
      {
        name: 'importCatalog',
        text: 'catalog.ts:8',
        place: { file: '/home/me/shop/src/catalog.ts', line: 8 },
      },
    ];
    const { page, posted } = await open(ordersView({ kind: 'stall', name: 'Event loop blocked', stack }));
    await button('catalog.ts:8').click();
    expect(posted).toEqual([{ type: 'open', place: { file: '/home/me/shop/src/catalog.ts', line: 8 } }]);
    expect(await page.locator('.stack').innerText()).toContain('importCatalog');
  });

  test('says what went wrong where the waterfall would be', async () => {
    const { page } = await open(ordersView());
    await tested.now.post({
      type: 'failed',
      message: 'This operation is gone.',
      advice: 'Open another one.',
    });
    expect(await page.getByRole('alert').innerText()).toBe('This operation is gone. Open another one.');
  });
});

describe('bad and large input', () => {
  test('names from programs are text, whatever stands in them', async () => {
    const hostile = ordersView({
      ...{ name: HOSTILE, detail: HOSTILE, status: HOSTILE, summary: HOSTILE, notes: [HOSTILE] },
      rows: [
        row('http', '0+412', [item(HOSTILE, 412, { library: HOSTILE, place: { file: HOSTILE, line: 1 } })]),
      ],
      nested: [{ name: HOSTILE, kind: 'call', depth: 0, fromMilliseconds: 0, milliseconds: 1 }],
    });
    const { page } = await open(hostile, { height: 520 });
    await button('Show as table').click();
    await track('HTTP').hover();
    await balloon().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('operation');
    expect(await page.locator('h1').innerText()).toContain(String.raw`\u202e`);
    await shot(page, 'operation-page-hostile');
  });

  test('an operation with thousands of waits is drawn and stepped through at once', async () => {
    const drawn = Array.from({ length: 3000 }, (_, index) => `${index}+0.4:${index % 500}`).join(' ');
    const items = Array.from({ length: 500 }, (_, index) =>
      item(`SELECT ${'very_long_column, '.repeat(30)} FROM table_${index}`, 2.4, { count: 6 }),
    );
    const view = ordersView({
      durationMilliseconds: 3000,
      rows: [row('query', drawn, items), row('cpu', '0.4+0.6', [])],
    });
    const { page } = await open(view, { height: 520 });
    await track('Query').focus();
    const before = Date.now();
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    expect(await balloon().innerText()).toMatch(/from 20\.0 ms/);
    expect(Date.now() - before).toBeLessThan(5000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await shot(page, 'operation-page-many');
  });

  test('a narrow page and a zoom of 200 % need no scrolling to the side', async () => {
    const long = ordersView({ name: `GET /${'orders-of-a-very-long-name/'.repeat(12)}` });
    const { page } = await open(long, { width: 480, height: 700, zoom: 2 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await shot(page, 'operation-page-narrow');
  });

  test('an operation without any time and without rows is no reason to fail', async () => {
    const { page } = await open(ordersView({ durationMilliseconds: 0, rows: [] }));
    expect(await page.locator('.duration').innerText()).toBe('0.00 ms');
  });
});
