/**
 * `measure.ts PLAN`: opens the page of the GC and runtime view in a fresh Chromium for each round, and prints what its main
 * thread did, in milliseconds of CPU time, as JSON.
 */
import { launchBrowser } from '../../editor/harness/browser.ts';
import { openRuntimePage, type RuntimePage } from '../../editor/harness/runtime-page.ts';
import { generateRuntimeView, generateUpdate, type Load } from '../../draw/runtime-view.ts';
import type { Measured, Plan } from './plan.ts';

/** playwright-core is installed below test/editor only. */
type Page = RuntimePage['page'];
type CDPSession = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>;

const { load, rounds, updates } = JSON.parse(process.argv[2] ?? '{}') as Plan;
const live: Load = { ...load, isLive: true };
const view = generateRuntimeView(live);
const messages = Array.from({ length: updates }, (_, second) => ({
  type: 'update',
  update: generateUpdate(live, second),
}));

const measured: Measured[] = [];
for (let round = 0; round < rounds; round++) measured.push(await measureRound());
console.log(JSON.stringify(measured));

async function measureRound(): Promise<Measured> {
  const browser = await launchBrowser();
  try {
    const opened = await openRuntimePage(browser);
    const session = await opened.page.context().newCDPSession(opened.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const paint = await firstPaint(opened, session);
    const floor = await perSecond(
      opened,
      session,
      messages.map(() => null),
    );
    const newestMinute = await perSecond(opened, session, messages.slice(0, updates / 2));
    await opened.page.getByRole('button', { name: 'All', exact: true }).click();
    const whole = await perSecond(opened, session, messages.slice(updates / 2));
    await opened.close();
    return { ...paint, floor, newestMinute, whole };
  } finally {
    await browser.close();
  }
}

/** From the message that names the view file to the frame after the one in which its charts are. */
async function firstPaint(opened: RuntimePage, session: CDPSession) {
  const before = await busy(session);
  await opened.page.evaluate(`globalThis.painted = new Promise(done => {
    addEventListener('message', () => {
      const start = performance.now();
      const frame = run => requestAnimationFrame(run);
      const look = () => {
        if (document.querySelector('main canvas')) frame(() => frame(() => done(performance.now() - start)));
        else frame(look);
      };
      look();
    }, { once: true });
  }); 0`);
  await opened.show(view);
  const firstPaint = Number(await opened.page.evaluate('globalThis.painted'));
  return { firstPaint, firstPaintCpu: (await busy(session)) - before };
}

/** CPU time of the main thread for each second's rows; a round trip of the test itself is not among it. */
async function perSecond(
  { page }: RuntimePage,
  session: CDPSession,
  rows: readonly unknown[],
): Promise<number> {
  await page.evaluate(`globalThis.rows = ${JSON.stringify(rows)}`);
  const before = await busy(session);
  await page.evaluate(`(async () => {
    for (const message of globalThis.rows) {
      if (message) window.postMessage(message, '*');
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }
  })()`);
  return ((await busy(session)) - before) / rows.length;
}

async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}
