/** The page of a heap snapshot in a real browser, as it is built, with drawn heaps and made-up ones. */
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { HeapFiles } from '../../../src/analysis/heap/heap-places.ts';
import type { HeapRow } from '../../../src/contracts/heap-rows.ts';
import { heapOf } from '../../draw/analysed-heap.ts';
import { askedHeap, openHeapPage, type AskedHeap, type HeapPage } from '../harness/heap-page.ts';
import { shot } from '../harness/page-actions.ts';
import type { PageOptions } from '../harness/page-alone.ts';
import { TestedPage } from '../harness/tested-page.ts';

const HOSTILE = '<img src=x onerror="document.title=1"> \u202Egnp.exe \u001b[31m';

const tested = new TestedPage(openHeapPage);
const open = (heap: AskedHeap = shop(), options?: PageOptions): Promise<HeapPage> =>
  tested.open(heap, options);
const button = (name: string): Locator => tested.button(name);
const grid = (): Locator => tested.now.page.getByRole('treegrid');
const rows = (): Locator => grid().locator('.row:not(.head)');
const rowOf = (text: string): Locator => rows().filter({ hasText: text }).first();
const active = (): Locator => grid().locator('.row.active');
const detail = (): Locator => tested.now.page.locator('.detail');
const textOf = async (locator: Locator): Promise<string> =>
  (await locator.innerText()).replaceAll(/\s+/g, ' ').trim();

const FILES: HeapFiles = new Map([
  [7, { file: '/home/me/shop/src/sessions.ts', canOpen: true }],
  [8, { file: 'node:timers', canOpen: false }],
]);

/** A service with sessions in a Map of a module, and a timer. */
function shop(sessionName = 'Session'): AskedHeap {
  const sessions = 130;
  const numbers = Array.from({ length: sessions }, (_, at) => at);
  const picture = `
    root                  -> ^global g, [1] r
    g global 900
    r synthetic:Handles 1 -> [0] f, [1] l
    f closure:addSession 64 -> #context c
    c Scope 40            -> =sessions m
    m Map 40              -> #table t
    t array:T 4200        -> ${numbers.map(at => `[${at}] s${at}`).join(', ')}
    ${numbers.map(at => `s${at} Session ${2000 + at} -> .token n${at}`).join('\n')}
    ${numbers.map(at => `n${at} string:token-${at} ${300 + at}`).join('\n')}
    l Timeout 120         -> ._onTimeout h
    h closure: 64         -> #context c`;
  const heap = heapOf(picture.replaceAll(' Session ', ` ${sessionName} `), [
    ['f', 7, 3, 0],
    ...numbers.map(at => [`s${at}`, 7, 11, 2] as const),
    ['h', 8, 19, 8],
  ]);
  return askedHeap(heap, FILES, 'shop.heapsnapshot');
}

/** Rows without end: `count` of every group. */
function endless(count: number): AskedHeap {
  const row = (kind: HeapRow['kind'], number: number): HeapRow => ({
    ...{
      kind,
      number,
      name: `${kind} ${number}`,
      selfBytes: 16,
      retainedBytes: 1e9 - number,
      hasBelow: true,
    },
    ...(kind === 'class' ? { count } : { id: 2 * number + 1 }),
  });
  const summary = {
    ...{ name: 'endless.heapsnapshot', objectCount: count, totalBytes: 4e9, extraNativeBytes: 0 },
    ...{ detachedCount: 0, root: 0, largest: [] },
  };
  return {
    summary,
    rows: (group, from) => ({
      rows: Array.from({ length: Math.max(0, Math.min(100, count - from)) }, (_, at) =>
        row(group.kind === 'classes' ? 'class' : 'object', from + at),
      ),
      total: count,
    }),
    detail: ({ kind, number }) => ({
      ...{ row: row(kind, number), of: row('object', number), kind: 'object', heldBy: [], omitted: 0 },
    }),
  };
}

describe('in every theme', () => {
  for (const theme of ['light', 'dark', 'high-contrast'] as const)
    test(`a heap is shown: ${theme}`, async () => {
      const { page } = await open(shop(), { theme, width: 1300, height: 640 });
      await rowOf('Session').click();
      await page.keyboard.press('Control+Home');
      await grid().focus();
      await page.keyboard.press('ArrowRight');
      await rowOf('Session @').waitFor();
      await detail().getByText('module sessions.ts').waitFor();
      await shot(page, `heap-page-${theme}`);
      expect(await rows().count()).toBeGreaterThan(10);
    });
});

describe('the summary', () => {
  test('says how much there is and what retains most of it, which is shown when it is clicked', async () => {
    const { page } = await open();
    const sentence = page.locator('.sentence');
    expect(await textOf(sentence)).toMatch(
      /^\d+ KB in 269 objects\. What retains most: Map sessions in module sessions\.ts \(\d+ KB, 100 %\)\.$/,
    );
    await sentence.getByRole('button', { name: 'Map sessions' }).click();
    await expect.poll(() => textOf(detail().locator('h2'))).toMatch(/^Map @\d+$/);
  });
});

describe('the rows', () => {
  test('have class, count, sizes, share and place; the place is a link', async () => {
    const { posted } = await open();
    expect((await textOf(rowOf('Session'))).replace(/^▸ /, '')).toMatch(
      /^Session 130 268 KB 316 KB \d\d % sessions\.ts:12$/,
    );
    await rowOf('Session').getByRole('button').click();
    expect(posted.at(-1)).toEqual({
      type: 'open',
      place: { file: '/home/me/shop/src/sessions.ts', line: 12, column: 3 },
    });
    expect(await rowOf('(anonymous)()').getByRole('button').count()).toBe(0);
  });

  test('are reached, unfolded and folded by keys, as a screen reader is told', async () => {
    const { page } = await open();
    await rowOf('Session').click();
    await grid().focus();
    expect(await active().getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowRight');
    await rowOf('Session @').waitFor();
    expect(await active().getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(await textOf(active())).toMatch(/^▸ Session @\d+ 2\.13 KB 2\.56 KB/);
    expect(await active().getAttribute('aria-level')).toBe('2');
    expect(await active().getAttribute('aria-setsize')).toBe('130');
    expect(await grid().getAttribute('aria-activedescendant')).toBe(await active().getAttribute('id'));
    await page.keyboard.press('ArrowRight');
    await rowOf('token: "token-129"').waitFor();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => rowOf('token: "token-129"').count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
    expect(await active().getAttribute('aria-level')).toBe('1');
  });

  test('Enter opens the line of a row', async () => {
    const { page, posted } = await open();
    await rowOf('Session').click();
    await grid().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => posted.some(({ type }) => type === 'open')).toBe(true);
  });

  test('below a row come a hundred at a time', async () => {
    const { page } = await open();
    await rowOf('Session').click();
    await grid().focus();
    await page.keyboard.press('ArrowRight');
    await rowOf('Session @').waitFor();
    await page.keyboard.press('End');
    await expect.poll(() => grid().getAttribute('aria-rowcount')).not.toBe('9');
    await grid().evaluate(box => box.scrollTo(0, 22 * 95));
    await button('Show 30 more of 130').click();
    await expect.poll(() => button('Show 30 more of 130').count()).toBe(0);
  });

  test('are sorted by what is clicked, the other way round when it is clicked again', async () => {
    await open();
    await rowOf('Session').waitFor();
    const first = (): Promise<string> => textOf(rows().first().locator('.text'));
    await button('Class').click();
    await expect.poll(first).toBe('(anonymous)()');
    await grid().getByRole('columnheader').getByRole('button', { name: 'Class' }).click();
    await expect.poll(first).toBe('system / Context');
    expect(await grid().getByRole('columnheader', { name: 'Class' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  test('are filtered by class or file, and say so when there are none', async () => {
    const { page } = await open();
    await page.getByRole('searchbox').fill('session');
    await expect
      .poll(async () => (await rows().locator('.text').allInnerTexts()).toSorted())
      .toEqual([...['Session', 'addSession()']]);
    await page.getByRole('searchbox').fill('nowhere');
    await page.getByText('no class has this in its name or file').waitFor();
    await shot(page, 'heap-page-none');
  });

  test('are copied as they are seen', async () => {
    const { posted } = await open();
    await rowOf('Session').waitFor();
    await button('Copy as Text').click();
    await expect.poll(() => posted.at(-1)?.type).toBe('copy');
    const message = posted.at(-1);
    const text = message?.type === 'copy' ? message.text : '';
    expect(text).toMatch(/^shop\.heapsnapshot: \d+ KB in 269 objects\.\n\n +objects +self +retained\n/);
    expect(text).toMatch(/^Session +130 +268 KB +316 KB +\d\d % +sessions\.ts:12$/m);
  });
});

describe('what holds a row', () => {
  test('is told beside it, from its module on, with places; each holder can be looked at', async () => {
    const { page, posted } = await open();
    await rowOf('Session').click();
    const holders = detail().locator('.holders li');
    await expect
      .poll(() => holders.allInnerTexts())
      .toEqual(['module sessions.ts line 4', 'Map sessions', 'Session']);
    await holders.getByRole('button', { name: 'line 4' }).click();
    expect(posted.at(-1)).toMatchObject({ type: 'open', place: { line: 4 } });
    await holders.getByRole('button', { name: 'Map sessions' }).click();
    await expect.poll(() => textOf(detail().locator('h2'))).toMatch(/^Map @/);
    await button('Show What It Retains').click();
    await page.getByText('What Map sessions retains').waitFor();
    await rowOf('T @').waitFor();
  });

  test('the content of a text is shown', async () => {
    await open();
    await rowOf('(string)').click();
    await expect.poll(() => textOf(detail().locator('pre'))).toBe('token-129');
  });
});

describe('the dominators', () => {
  test('begin at the roots, and go down by what each retains', async () => {
    const { page } = await open();
    await button('Dominators').click();
    await page.getByText('All that the roots hold').waitFor();
    await rowOf('Handles').waitFor();
    await rowOf('Handles').click();
    await grid().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => rows().count()).toBeGreaterThan(3);
    await shot(page, 'heap-page-dominators');
  });
});

describe('large and bad input', () => {
  test('of five million rows a few hundred are in the page, and the end of what is loaded brings more', async () => {
    const { page, posted } = await open(endless(5_000_000), { height: 700 });
    await rowOf('class 0').click();
    await grid().focus();
    for (let page = 1; page <= 4; page++) {
      await tested.now.page.keyboard.press('End');
      await expect
        .poll(async () => Number(await grid().getAttribute('aria-rowcount')))
        .toBeGreaterThan(100 * page + 1);
    }
    expect(posted.filter(({ type }) => type === 'rows').length).toBeLessThan(12);
    expect(await rows().count()).toBeLessThan(120);
    await shot(page, 'heap-page-many');
  });

  test('names from the heap are text, whatever stands in them', async () => {
    const heap = shop();
    const named = (row: HeapRow): HeapRow => ({ ...row, name: HOSTILE, heldAs: HOSTILE });
    const { page } = await open({
      summary: {
        ...heap.summary,
        name: HOSTILE,
        largest: [{ node: 1, words: HOSTILE, holder: HOSTILE, retainedBytes: 9 }],
      },
      rows: async (group, from) => {
        const found = await heap.rows(group, from);
        return { ...found, rows: found.rows.map(named) };
      },
      detail: async of => {
        const found = await heap.detail(of);
        const heldBy = found.heldBy.map(each => ({ ...each, words: HOSTILE }));
        return { ...found, row: named(found.row), heldBy, text: HOSTILE };
      },
    });
    await rows().first().click();
    await detail().locator('pre').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('heap');
    for (const place of ['h1', '.row .text', '.detail h2', '.detail pre'])
      expect(await page.locator(place).first().innerText()).toContain(String.raw`\u202egnp.exe \x1b[31m`);
    await shot(page, 'heap-page-hostile');
  });

  test.each([900, 600, 400])('a page of %i pixels needs no scrolling to the side', async width => {
    const { page } = await open(shop(), { width, height: 700 });
    await rowOf('Session').click();
    await detail().getByText('module sessions.ts').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await grid().evaluate(box => box.scrollWidth <= box.clientWidth)).toBe(true);
    await shot(page, `heap-page-narrow-${width}`);
  });

  test('a question without an answer says so in its place, and is asked again', async () => {
    const heap = shop();
    const { post, posted, page } = await open({ ...heap, rows: () => ({ rows: [], total: 0 }) });
    await page.getByText('no classes').waitFor();
    await post({ type: 'refused', ask: 999, message: 'of another time' });
    expect(posted.filter(({ type }) => type === 'rows')).toHaveLength(1);
  });
});

describe('before and after', () => {
  test('the steps of reading are told, and can be cancelled', async () => {
    const { page, post, posted } = await open();
    await post({
      type: 'reading',
      text: 'Reading shop.heapsnapshot (210 MB) …',
      step: 'reading',
      share: 0.42,
    });
    expect(await textOf(page.locator('.steps .now'))).toBe('Read the file 42 %');
    await shot(page, 'heap-page-reading');
    await post({ type: 'reading', text: 'Reading shop.heapsnapshot (210 MB) …', step: 'dominators' });
    expect(await page.locator('.steps .done').count()).toBe(2);
    await button('Cancel').click();
    expect(posted.at(-1)).toEqual({ type: 'cancel' });
  });

  test('what went wrong stands where the heap would be, and can be tried again', async () => {
    const { page, post, posted } = await open();
    await post({ type: 'failed', message: 'It ends too early.', advice: 'Take it again.' });
    expect(await textOf(page.getByRole('alert'))).toBe('It ends too early. Take it again.');
    await post({ type: 'changed', change: 'changed' });
    await page.getByText('The file has been written anew since.').waitFor();
    await shot(page, 'heap-page-failed');
    await button('Read Again').click();
    expect(posted.at(-1)).toEqual({ type: 'retry' });
  });

  test('a file that was written anew stays as it was until the new one is wanted', async () => {
    const { page, post, posted } = await open();
    await post({ type: 'changed', change: 'changed' });
    await rowOf('Session').waitFor();
    await shot(page, 'heap-page-changed');
    await button('Read again').click();
    expect(posted.at(-1)).toEqual({ type: 'retry' });
  });

  test('view, order and filter come back when the page is made anew', async () => {
    const { page } = await open();
    await page.getByRole('searchbox').fill('session');
    await button('Class').click();
    await page.reload();
    await tested.now.show(shop());
    await expect.poll(() => rows().locator('.text').allInnerTexts()).toEqual(['Session', 'addSession()']);
    expect(await page.getByRole('searchbox').inputValue()).toBe('session');
  });
});
