/** `window.ts PLAN`: opens a window, has it measure itself, prints what it found as JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installPackedExtension } from '../../../scripts/editor/install.mjs';
import { openExtensionHost } from '../../editor/harness/extension-host.ts';
import { pageActions, shot } from '../../editor/harness/page-actions.ts';
import type { Handler } from '../../editor/host/channel.ts';

/** playwright-core is installed below test/editor only. */
type Page = Parameters<typeof pageActions>[0];

const HINTS = '.view-line span[class*="ced-"]';
const KEY_MILLISECONDS = 25;
const LIMIT_MILLISECONDS = 20_000;

const [plan = ''] = process.argv.slice(2);
const code = { contents: `export { run } from './host.ts';`, resolveDir: import.meta.dirname };
const settings = {
  // As on a desktop; a saved document is compared with what was recorded, which no keystroke does.
  'files.autoSave': 'off',
  'editor.quickSuggestions': false,
  'slowcatch.hints.leastShare': 0,
};
const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-'));
const { extensions } = await installPackedExtension(folder);
const host = await openExtensionHost({ workspace: ['prose'], settings, extensions }, code, actions);
try {
  console.log(JSON.stringify(await host.channel.request('measure', plan)));
} catch (error) {
  throw new Error(`see ${await shot(host.window.page, 'failed bench editor')}`, { cause: error });
} finally {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
}

function actions(page: Page): Readonly<Record<string, Handler>> {
  let visible: Promise<number> | undefined;
  return {
    ...pageActions(page),
    watchHints: async () => {
      visible = firstFrameWith(page, HINTS);
      // A rejection belongs to whoever asks for the time.
      visible.catch(() => undefined);
      // Evaluations are done in their order: the watch is on.
      await page.evaluate('0');
    },
    hintsVisibleAt: () => visible ?? Promise.reject(new Error('nobody watches')),
    hintsGone: () => page.locator(HINTS).first().waitFor({ state: 'detached' }),
    pressOften: async (key = '', times = '0') => {
      for (let time = 0; time < Number(times); time++)
        await page.keyboard.press(key, { delay: KEY_MILLISECONDS });
    },
  };
}

/** Wall clock of the first animation frame in which something matches. */
function firstFrameWith(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    const end = Date.now() + ${LIMIT_MILLISECONDS};
    const look = () => {
      if (document.querySelector(${JSON.stringify(selector)})) resolve(Date.now());
      else if (Date.now() > end) reject(new Error('no hints are visible'));
      else requestAnimationFrame(look);
    };
    look();
  })`);
}
