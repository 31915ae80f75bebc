/// <reference lib="dom" />
/** The page of the GC and runtime view in a real browser, as it is built, with made-up recordings. */
import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RuntimeView } from '../../../src/contracts/views/runtime.ts';
import { drawCollections } from '../../draw/collections.ts';
import { generateRuntimeView, generateUpdate } from '../../draw/runtime-view.ts';
import { shot } from '../harness/page-actions.ts';
import type { PageOptions } from '../harness/page-alone.ts';
import { TestedPage } from '../harness/tested-page.ts';
import { openRuntimePage, type RuntimePage } from '../harness/runtime-page.ts';

const LOAD = { seconds: 20, collectionsPerSecond: 8 };
/** Of 255: edges of what is painted in parts may differ by a tint that nobody sees. */
const TINT = 40;
const CLEAR = 60;
const HOSTILE = '<img src=x onerror="document.title=1"> \u202Egnp.exe';

const tested = new TestedPage(openRuntimePage);
const open = (view: RuntimeView, options?: PageOptions): Promise<RuntimePage> => tested.open(view, options);
const button = (name: string): Locator => tested.button(name);
const ruler = (): Locator => tested.now.page.getByRole('slider', { name: 'Time' });

/** Drags over the plot of the first panel, from one share of its width to another. */
async function drag(from: number, to: number): Promise<void> {
  const { mouse } = tested.now.page;
  const surface = tested.now.page.locator('.plot .surface').first();
  await surface.scrollIntoViewIfNeeded();
  const plot = await surface.boundingBox();
  if (!plot) throw new Error('no plot');
  await mouse.move(plot.x + plot.width * from, plot.y + 40);
  await mouse.down();
  await mouse.move(plot.x + plot.width * to, plot.y + 60, { steps: 5 });
  await mouse.up();
}

/** Keeps a copy of each panel's picture beside it. */
const keepPlots = (): Promise<void> =>
  tested.now.page.locator('canvas').evaluateAll(all => {
    for (const canvas of all as HTMLCanvasElement[]) {
      const copy = document.createElement('img');
      copy.hidden = true;
      copy.src = canvas.toDataURL();
      canvas.after(copy);
    }
  });

/** Of each panel: by how much a pixel has become another one since, at most, 0 … 255. */
const changeOfPlots = (): Promise<number[]> =>
  tested.now.page.locator('canvas').evaluateAll(async all => {
    const pixels = (picture: HTMLCanvasElement | HTMLImageElement): Uint8ClampedArray => {
      const { width, height } = picture;
      const copy = new OffscreenCanvas(width, height).getContext('2d');
      if (!copy) throw new Error('no canvas');
      copy.fillRect(0, 0, width, height);
      copy.drawImage(picture, 0, 0);
      return copy.getImageData(0, 0, width, height).data;
    };
    return await Promise.all(
      (all as HTMLCanvasElement[]).map(async canvas => {
        const kept = canvas.nextElementSibling as HTMLImageElement;
        await kept.decode();
        const before = pixels(kept);
        return pixels(canvas).reduce((most, value, at) => Math.max(most, Math.abs(value - before[at]!)), 0);
      }),
    );
  });

const rangeTitle = (): Promise<string> => tested.now.page.locator('.kinds .group').first().innerText();

describe('a range of the time axis', () => {
  beforeEach(async () => {
    await open(generateRuntimeView(LOAD));
  });

  test('is chosen by dragging, with its statistics beside those of the whole', async () => {
    await drag(0.25, 0.5);
    expect(await rangeTitle()).toBe('Range 5.0 s to 10.0 s');
    expect(await tested.now.page.locator('.kinds .group').allInnerTexts()).toHaveLength(2);
    expect(await tested.now.page.locator('.figures .range-value').count()).toBe(6);
  });

  test('gives its hot lines and its flamegraph', async () => {
    await expect.poll(() => button('Hot lines of this range').isDisabled()).toBe(true);
    await drag(0.25, 0.5);
    await button('Hot lines of this range').click();
    await button('Flamegraph of this range').click();
    expect(tested.now.posted.map(({ type }) => type)).toEqual(['hotLines', 'flamegraph']);
    const [{ range }] = tested.now.posted as unknown as [{ range: Record<string, number> }];
    expect(range['startMicroseconds']).toBeCloseTo(5_000_000, -5);
    expect(range['endMicroseconds']).toBeCloseTo(10_000_000, -5);
  });

  test('has edges that can be moved, and is cleared by a click', async () => {
    await drag(0.25, 0.5);
    await drag(0.5, 0.75);
    expect(await rangeTitle()).toBe('Range 5.0 s to 15.0 s');
    await drag(0.6, 0.6);
    await tested.now.page.locator('.kinds .group').first().waitFor({ state: 'detached' });
  });

  test('is chosen, zoomed into and cleared by keys alone', async () => {
    await ruler().focus();
    for (const key of [
      'Home',
      'PageDown',
      'PageDown',
      'Shift+PageDown',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
    ])
      await ruler().press(key);
    expect(await rangeTitle()).toBe('Range 4.0 s to 6.4 s');
    expect(await ruler().getAttribute('aria-valuetext')).toBe('6.4 s, range from 4.0 s to 6.4 s');
    await ruler().press('Enter');
    await expect.poll(() => ruler().getAttribute('aria-valuemin')).toBe('4000');
    await button('Whole recording').press('Enter');
    await expect.poll(() => ruler().getAttribute('aria-valuemax')).toBe('20000');
    await ruler().press('Shift+ArrowRight');
    await ruler().press('Escape');
    await tested.now.page.locator('.kinds .group').first().waitFor({ state: 'detached' });
  });

  test('is chosen by typing seconds', async () => {
    await tested.now.page.getByLabel('Range from, in seconds').fill('2.5');
    await tested.now.page.getByLabel('Range to, in seconds').fill('7');
    await tested.now.page.keyboard.press('Tab');
    await expect.poll(rangeTitle).toBe('Range 2.5 s to 7.0 s');
  });

  test('stays when the theme changes and when the page is made anew', async () => {
    await drag(0.25, 0.5);
    const before = await tested.now.page.locator('.plot').first().screenshot();
    await tested.now.theme('light');
    await expect
      .poll(async () => before.equals(await tested.now.page.locator('.plot').first().screenshot()))
      .toBe(false);
    expect(await rangeTitle()).toBe('Range 5.0 s to 10.0 s');
    await tested.now.page.reload();
    await tested.now.show(generateRuntimeView(LOAD));
    await expect.poll(rangeTitle).toBe('Range 5.0 s to 10.0 s');
  });
});

describe('every chart', () => {
  test('has a table of what it shows, and a text', async () => {
    const { page, posted } = await open(generateRuntimeView(LOAD));
    const panels = page.locator('.panel');
    for (const panel of await panels.all()) await panel.getByRole('button', { name: 'Table' }).click();
    await expect
      .poll(() => page.getByRole('button', { name: 'Hide table' }).count())
      .toBe(await panels.count());
    const captions = await page.locator('.data caption').allInnerTexts();
    expect(captions).toEqual([
      'Pauses',
      'Used heap by space: the highest of 2 measurements each',
      'Delay',
      'CPU of the thread',
      'CPU of the process',
      'Memory',
    ]);
    const texts = await page.getByRole('button', { name: 'Show as text' }).all();
    for (const text of texts) await text.click();
    expect(posted).toHaveLength((await panels.count()) + 1);
    expect(posted.map(message => ('text' in message ? message.text : '')).join('\n')).toMatch(
      /Scavenge +\d+ µs|Mark-sweep-compact/,
    );
  });

  test('shows at the cursor what it was then', async () => {
    const { page } = await open(generateRuntimeView(LOAD));
    await ruler().focus();
    for (const key of ['Home', 'PageDown', 'PageDown']) await ruler().press(key);
    await expect.poll(() => page.locator('.legend').last().innerText()).toMatch(/Memory, 4\.0 s:/);
  });
});

describe('a live recording', () => {
  test('follows the newest until a range is chosen', async () => {
    const load = { seconds: 100, collectionsPerSecond: 4, isLive: true };
    const { post } = await open(generateRuntimeView(load));
    const axisEnd = (): Promise<string | null> => ruler().getAttribute('aria-valuemax');
    await expect.poll(axisEnd).toBe('105000');
    for (const second of [0, 1, 2, 3, 4])
      await post({ type: 'update', update: generateUpdate(load, second) });
    await expect.poll(axisEnd).toBe('110000');
    await drag(0.25, 0.5);
    for (const second of [5, 6, 7, 8, 9])
      await post({ type: 'update', update: generateUpdate(load, second) });
    await expect.poll(() => tested.now.page.locator('.length').innerText()).toMatch(/live · 1:50/);
    expect(await axisEnd()).toBe('110000');
    await button('Clear').click();
    await expect.poll(axisEnd).toBe('115000');
    await shot(tested.now.page, 'runtime-page-live');
  });

  test.each([
    ['a lot', 40, 'Follow', 1],
    ['a little', 0.3, 'Follow', 1],
    ['a lot of a long one', 40, 'All', 1],
    ['enlarged by a quarter', 12, 'All', 1.25],
  ])('looks the same whether rows came one by one or at once: %s', async (_, rate, shown, zoom) => {
    const load = { seconds: 101, collectionsPerSecond: rate, isLive: true };
    const { post, theme } = await open(generateRuntimeView(load), { zoom, height: 2000 });
    await button(shown).click();
    await keepPlots();
    for (const second of [0, 1]) await post({ type: 'update', update: generateUpdate(load, second) });
    expect(Math.min(...(await changeOfPlots()))).toBeGreaterThan(CLEAR);
    await keepPlots();
    // Another theme draws everything anew.
    await theme('light');
    await expect.poll(async () => Math.min(...(await changeOfPlots()))).toBeGreaterThan(CLEAR);
    await theme('dark');
    await expect.poll(async () => Math.max(...(await changeOfPlots()))).toBeLessThan(TINT);
  });

  test('becomes a saved one', async () => {
    const load = { seconds: 10, collectionsPerSecond: 4 };
    const { show, page } = await open(generateRuntimeView({ ...load, isLive: true }));
    await button('Follow').waitFor();
    await show(generateRuntimeView(load));
    await expect.poll(() => page.locator('.length').innerText()).toBe('10.0 s');
    expect(await button('Follow').count()).toBe(0);
  });
});

describe('where there is nothing', () => {
  const [thread] = generateRuntimeView({ seconds: 3, collectionsPerSecond: 8 }).threads;
  const view = generateRuntimeView({ seconds: 3, collectionsPerSecond: 0.1 });

  test('a recording without such data says so', async () => {
    const { page } = await open({ ...view, threads: [] });
    expect(await page.locator('.empty').innerText()).toMatch(
      /no data of the garbage collector.*Record again/,
    );
    await shot(page, 'runtime-page-old');
  });

  test('no collection is said in words', async () => {
    const { page } = await open({ ...view, durationMilliseconds: 3200 });
    expect(await page.locator('.empty').innerText()).toBe('No garbage collection happened in 3.20 s.');
    await shot(page, 'runtime-page-no-collection');
  });

  test('a thread that ended at once says so', async () => {
    const nothing = drawCollections('at kind pause');
    const samples = generateRuntimeView({ seconds: 0, collectionsPerSecond: 1 }).threads[0]!.samples;
    const { page } = await open({
      ...view,
      durationMilliseconds: 100,
      threads: [{ ...thread!, collections: nothing, samples }],
    });
    expect(await page.locator('.empty').innerText()).toMatch(/ended before anything was measured.*100 ms/);
  });

  test('what could not be read is told', async () => {
    const { page, post } = await open(view);
    await post({
      type: 'failed',
      message: 'The recording a does not exist any more.',
      advice: 'Refresh the list.',
    });
    expect(await page.getByRole('alert').innerText()).toBe(
      'The recording a does not exist any more. Refresh the list.',
    );
  });
});

test('threads are chosen by name, and names are text', async () => {
  const view = generateRuntimeView({ ...LOAD, name: HOSTILE, threadNames: ['main', HOSTILE] });
  const { page } = await open(view);
  expect(await page.locator('h1').innerText()).toContain('<img src=x');
  expect(await page.locator('h1').innerText()).toContain('\\u202e');
  await page.getByRole('combobox', { name: 'Thread' }).selectOption({ index: 1 });
  await expect.poll(() => page.locator('.panel').nth(2).innerText()).toMatch(/it stands at the main thread/);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toBe('runtime');
});

describe('pictures', () => {
  const long = {
    name: 'a very long name of a service '.repeat(8),
    threadNames: ['main', `worker-${'x'.repeat(200)}`],
  };

  test.each([
    ['light', { theme: 'light' }],
    ['dark', { theme: 'dark' }],
    ['high-contrast', { theme: 'high-contrast' }],
    ['900', { theme: 'light', width: 900 }],
    ['500', { theme: 'dark', width: 500 }],
    ['zoom-200', { theme: 'dark', width: 600, height: 450, zoom: 2 }],
  ] as const)('%s', async (name, options) => {
    await open(
      generateRuntimeView({
        seconds: 90,
        collectionsPerSecond: 12,
        ...(name === '900' || name === '500' ? long : {}),
      }),
      { height: 1100, ...options },
    );
    await drag(0.3, 0.55);
    await shot(tested.now.page, `runtime-page-${name}`);
    const overflow = await tested.now.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
  });
});
