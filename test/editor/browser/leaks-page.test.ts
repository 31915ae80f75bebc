/** The leak report's page in a real browser, as it is built, with reports of a made-up shop. */
import { describe, expect, test } from 'vitest';
import type { LeaksDocument } from '../../../src/contracts/leaks.ts';
import type { LeaksView } from '../../../src/contracts/views/leaks.ts';
import { leaksView } from '../../../src/present/leaks/leaks-view.ts';
import type { Tracking } from '../../../src/present/leaks/tracking.ts';
import { EXPECTED, shopLeaks, snapshot, suspicion, verdict } from '../../draw/leaks-view.ts';
import { openLeaksPage } from '../harness/leaks-page.ts';
import { shot } from '../harness/page-actions.ts';
import { TestedPage } from '../harness/tested-page.ts';

const HOSTILE = '<img src=x onerror="document.title=1"> \u202Egnp.exe';

const tested = new TestedPage(openLeaksPage);
const saved = (document: LeaksDocument = shopLeaks()): LeaksView =>
  leaksView({ name: 'shop', document, find: file => file });

/** While it goes on, with so many snapshots. */
const live = (snapshots: number, more: Partial<Tracking> = {}): LeaksView =>
  leaksView({
    name: 'shop',
    tracking: {
      ...{ step: 'ready', cost: EXPECTED },
      snapshots: Array.from({ length: snapshots }, () => snapshot(610_000)),
      ...more,
    },
    ...(snapshots > 1 ? { document: shopLeaks() } : {}),
    find: file => file,
  });

const rows = (): Promise<string[]> => tested.now.page.locator('.verdicts tbody tr').allInnerTexts();
const details = (): Promise<string> => tested.now.page.locator('.details').innerText();

describe('a report', () => {
  for (const theme of ['light', 'dark', 'high-contrast'] as const)
    test(`names what grows, its line, its holder and its growth: ${theme}`, async () => {
      const { page } = await tested.open(saved(), { theme, width: 1100, height: 900 });
      expect((await rows()).map(row => row.split('\t'))).toEqual([
        [
          ...['Leak', 'Session', '1.00', '3.20 KB', '+500 / +500 / +500', '+1,500', '4.80 MB'],
          'sessions.ts:18',
        ],
        [
          ...['Growing, not yet sure', 'Buffer', '0.180', '576 B', '+120 / +90 / +60', '+270', '864 KB'],
          'pictures.ts:7',
        ],
        ['Cleared', 'Product', '0.280', '896 B', '+400 / +20 / +0', '+420', '1.34 MB', ''],
      ]);
      const said = await details();
      expect(said).toContain('it grew in every epoch, and all of it is still there');
      expect(said).toContain('Give the collection an end');
      expect(await page.locator('.path li').allInnerTexts()).toEqual([
        ...['module sessions.ts', 'Map sessions', 'Session'],
      ]);
      expect(await page.locator('.stack li').allInnerTexts()).toEqual([
        ...['createSession sessions.ts:18', 'login login.ts:9'],
      ]);
      await shot(page, `leaks-page-${theme}`);
    });

  test('shows the verdict that is chosen by a click or by arrow keys, and keeps it', async () => {
    const { page } = await tested.open(saved());
    await page.locator('.verdicts tr', { hasText: 'Buffer' }).click();
    expect(await details()).toContain('The limit: max = 1000.');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Product');
    expect(await details()).not.toContain('What to do');
    await page.reload();
    await tested.now.show(saved());
    expect(await details()).toContain('Product');
  });

  test('opens lines, and copies', async () => {
    const { posted } = await tested.open(saved());
    for (const name of ['pictures.ts:7', 'login.ts:9', 'Copy as text']) await tested.button(name).click();
    expect(posted).toEqual([
      { type: 'open', place: { file: '/home/me/shop/src/pictures.ts', line: 7 } },
      { type: 'open', place: { file: '/home/me/shop/src/login.ts', line: 9 } },
      { type: 'copy' },
    ]);
  });

  test('has the growth in a table too', async () => {
    const { page } = await tested.open(saved());
    expect(await page.getByRole('img').getAttribute('aria-label')).toBe('Session by epoch: +500, +500, +500');
    await tested.button('Show as table').click();
    expect((await page.locator('.data tbody tr').allInnerTexts())[1]).toBe('2\t+500\t1.60 MB');
  });

  test('says of each snapshot what it was to cost and what it has cost', async () => {
    const { page } = await tested.open(saved());
    expect((await page.locator('.snapshots tbody tr').allInnerTexts())[0]!.split('\t')).toEqual([
      ...['1', '610,000', '48.8 MB', '1.20 s to 3.60 s', '2.17 s', '210 MB to 650 MB', '610 MB'],
    ]);
  });

  test('tells what sampling suspects, and opens its line', async () => {
    const { page, posted } = await tested.open(
      saved(
        shopLeaks({
          ...{ snapshots: [snapshot(610_000)], verdicts: [] },
          suspicions: [suspicion('findOrders', 12)],
        }),
      ),
    );
    const [row] = await page.locator('.suspicions li').allInnerTexts();
    expect(row).toMatch(/^findOrders may grow: .* not yet sure orders\.ts:12$/);
    await page.locator('.suspicions button').click();
    expect(posted).toEqual([{ type: 'open', place: { file: '/home/me/shop/src/orders.ts', line: 12 } }]);
    await shot(page, 'leaks-page-suspicions');
  });

  test('without anything that grows says so', async () => {
    const { page } = await tested.open(saved(shopLeaks({ verdicts: [] })));
    expect(await page.locator('.sentence').innerText()).toMatch(/^Nothing grows/);
    expect(await page.locator('.verdicts').count()).toBe(0);
  });

  test('names from programs are text, whatever stands in them', async () => {
    const hostile = verdict(HOSTILE, '5 5 5', {
      ...{ retainerPath: [HOSTILE], file: `/${HOSTILE}`, line: 1, bound: HOSTILE },
      allocatedAt: [{ name: HOSTILE, file: `/${HOSTILE}`, line: 2 }],
    });
    const { page } = await tested.open({ ...saved(shopLeaks({ verdicts: [hostile] })), name: HOSTILE });
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('leaks');
    expect(await page.locator('h1').innerText()).toContain(String.raw`\u202e`);
  });

  test('a narrow page and a zoom of 200 % need no scrolling to the side', async () => {
    const { page } = await tested.open(saved(), { width: 400, height: 900, zoom: 2 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await shot(page, 'leaks-page-narrow');
  });
});

describe('a program that is tracked', () => {
  test('says what to do first, and what a snapshot costs before it is taken', async () => {
    const { page, posted } = await tested.open(live(0));
    expect(await page.locator('.steps').innerText()).toContain('Take the first snapshot');
    expect(await page.locator('main').innerText()).not.toMatch(/leak/i);
    await shot(page, 'leaks-page-first');
    await tested.button('First snapshot: 1.20 s to 3.60 s pause, +210 MB to 650 MB').click();
    await tested.now.show(live(1, { sinceLast: 120 }));
    expect(await page.locator('.facts').innerText()).toContain('120 requests since the last snapshot');
    await shot(page, 'leaks-page-second');
    await tested.button('Snapshot now: 1.20 s to 3.60 s pause, +210 MB to 650 MB').click();
    await tested.button('Stop').click();
    expect(posted).toEqual([
      { type: 'snapshot', isForced: false },
      { type: 'snapshot', isForced: false },
      { type: 'stop' },
    ]);
  });

  test('cannot be asked twice at a time', async () => {
    const { page } = await tested.open(live(2, { step: 'snapshot' }));
    expect(await page.locator('.snapshot').isDisabled()).toBe(true);
    expect(await page.getByRole('status').innerText()).toMatch(/stands still for 1\.20 s to 3\.60 s/);
  });

  test('says how many epochs are missing', async () => {
    const { page } = await tested.open(live(2));
    expect(await page.locator('.sentence').innerText()).toMatch(/2 more epochs of the same work/);
  });

  test('says why a snapshot was refused, and takes it all the same when that is wanted', async () => {
    const refusal = {
      message: 'It needs more memory than there is.',
      advice: 'Close others.',
      canForce: true,
    };
    const { page, posted } = await tested.open(live(0, { refusal }));
    expect(await page.getByRole('alert').innerText()).toContain('It needs more memory than there is.');
    await shot(page, 'leaks-page-refused');
    await tested.button('Take it all the same').click();
    expect(posted).toEqual([{ type: 'snapshot', isForced: true }]);
  });
});
