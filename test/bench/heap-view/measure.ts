/**
 * `measure.ts PLAN`: opens snapshots in the thread that the editor's server has, and their page in a fresh Chromium, and
 * prints how long the first rows took, and what the page holds, as JSON.
 */
import path from 'node:path';
import { OpenedHeap } from '../../../src/backend/heap/opened-heap.ts';
import { ROWS_AT_A_TIME } from '../../../src/contracts/views/heap.ts';
import { launchBrowser } from '../../editor/harness/browser.ts';
import { openHeapPage, type AskedHeap, type HeapPage } from '../../editor/harness/heap-page.ts';
import type { Measured, Plan } from './plan.ts';

const ROW = '[role="row"].row:not(.head)';
const LOOKED_AT = 5000;
const DIST = path.join(import.meta.dirname, '..', '..', '..', 'dist');

const { files, rounds } = JSON.parse(process.argv[2] ?? '{}') as Plan;
const measured: Measured[] = [];
for (let round = 0; round < rounds; round++)
  for (const file of files) measured.push(await measureRound(file));
console.log(JSON.stringify(measured));

async function measureRound(file: string): Promise<Measured> {
  const browser = await launchBrowser();
  const opened = await openHeapPage(browser);
  const heap = await OpenedHeap.open(file, { dist: DIST });
  try {
    const ready = performance.now();
    const summary = await heap.ask('summary', { name: path.basename(file) });
    const asked: AskedHeap = {
      summary,
      rows: (group, from) => heap.ask('rows', { group, from, count: ROWS_AT_A_TIME }),
      detail: of => heap.ask('detail', of),
    };
    await opened.show(asked);
    await painted(opened, `${ROW}[aria-posinset="10"]`);
    const firstPaint = performance.now() - ready;
    const unfold = await unfoldLargest(opened);
    await lookAround(opened);
    return { file, objects: summary.objectCount, firstPaint, unfold, ...(await held(opened)) };
  } finally {
    await opened.close();
    await browser.close();
    await heap.close();
  }
}

/** Until what is wanted is there and two more frames are drawn. */
async function painted({ page }: HeapPage, selector: string): Promise<void> {
  await page.evaluate(`new Promise(done => {
    const frame = run => requestAnimationFrame(run);
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)})) frame(() => frame(done));
      else frame(look);
    };
    look();
  })`);
}

/** A class with many objects, alone in the table. */
async function unfoldLargest(opened: HeapPage): Promise<number> {
  const { page } = opened;
  await page.getByRole('searchbox').fill('(string)');
  await page.locator('[aria-rowcount="2"]').waitFor();
  await page.locator(ROW).first().click();
  await page.getByRole('treegrid').focus();
  const start = performance.now();
  await page.keyboard.press('ArrowRight');
  await painted(opened, `${ROW}[aria-level="2"][aria-posinset="10"]`);
  return performance.now() - start;
}

/** Loads and passes thousands of rows. */
async function lookAround({ page }: HeapPage): Promise<void> {
  for (let rows = 2 * ROWS_AT_A_TIME; rows < LOOKED_AT; rows += ROWS_AT_A_TIME) {
    // The last line stands for the rows that are still to come.
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    // The heading, the class, its rows, and the line for the others.
    await page.locator(`[aria-rowcount="${rows + 3}"]`).waitFor();
  }
}

async function held({ page }: HeapPage): Promise<Pick<Measured, 'pageBytes' | 'elements'>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const pageBytes = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
  return { pageBytes, elements: await page.locator('*').count() };
}
