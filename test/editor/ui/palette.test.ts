/** By keyboard alone, as a user meets the editor; no test code inside it. */
import { afterAll, beforeAll, inject, test } from 'vitest';
import { shot } from '../harness/page-actions.ts';
import { findCommand } from '../harness/palette.ts';
import { openWindow, type Window } from '../harness/window.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow({ workspace: ['shop'], extensions: inject('extensions') });
});
afterAll(() => window?.close());

test('the command palette opens, filters and runs a command', async () => {
  const { page } = window;
  await findCommand(page, 'Show Run and Debug');
  await shot(page, 'palette');
  await page.keyboard.press('Enter');
  await page.locator('.start-debug-action-item').first().waitFor();
  await page.locator('.quick-input-widget input').first().waitFor({ state: 'hidden' });
});
