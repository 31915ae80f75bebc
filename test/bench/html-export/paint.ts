/**
 * `paint.ts ROUNDS FILE…`: opens the pages in turns, each in a browser of its own, and prints as JSON by file the
 * milliseconds from navigation to the first frame on the screen that holds a canvas.
 */
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../editor/harness/browser.ts';
import { until } from '../../editor/host/until.ts';

const LIMIT_MILLISECONDS = 120_000;
/** A graph is drawn in the task that adds its canvas: the frame after the next callback shows it. */
const LOOK = `requestAnimationFrame(function look() {
  if (!document.querySelector('canvas')) requestAnimationFrame(look);
  else requestAnimationFrame(() => { globalThis.paintedAt = performance.now(); });
});`;
const [rounds = '1', ...files] = process.argv.slice(2);
const times = files.map((file): { readonly file: string; readonly paints: number[] } => ({
  file,
  paints: [],
}));
for (let round = 0; round < Number(rounds); round++)
  for (const { file, paints } of times) paints.push(await firstPaint(file));
console.log(JSON.stringify(Object.fromEntries(times.map(({ file, paints }) => [file, paints]))));

async function firstPaint(file: string): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.addInitScript({ content: LOOK });
    await page.goto(pathToFileURL(file).href, { waitUntil: 'commit', timeout: LIMIT_MILLISECONDS });
    const paintedAt = (): Promise<number | undefined> =>
      page.evaluate(() => (globalThis as { paintedAt?: number }).paintedAt);
    return await until('the first paint', paintedAt, LIMIT_MILLISECONDS);
  } finally {
    await browser.close();
  }
}
