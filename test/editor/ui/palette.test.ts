/** By keyboard alone, as a user meets the editor; no test code inside it. */
import { afterAll, beforeAll, inject, test } from 'vitest';
import { shot } from '../harness/page-actions.ts';
import { openWindow, type Window } from '../harness/window.ts';
import { until } from '../host/until.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow({ workspace: ['shop'], extensions: inject('extensions') });
});
afterAll(() => window?.close());

test('the command palette opens, filters and runs a command', async () => {
  const { page } = window;
  const input = page.locator('.quick-input-widget input').first();
  const focused = page.locator('.quick-input-list .monaco-list-row.focused').first();
  await until('the palette', async () => {
    await page.keyboard.press('F1');
    return await input.isVisible();
  });
  await page.keyboard.type('Show Run and Debug');
  await until('the command', async () => /Show Run and Debug/.test(await focused.innerText()));
  await shot(page, 'palette');
  await page.keyboard.press('Enter');
  await page.locator('.start-debug-action-item').first().waitFor();
  await input.waitFor({ state: 'hidden' });
});
