/** What is open in a window is there again after the window was loaded anew, as with "Developer: Reload Window". */
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { shot } from '../harness/page-actions.ts';
import { runCommand } from '../harness/palette.ts';
import { openWindow, type Window } from '../harness/window.ts';

let window: Window;
beforeAll(async () => {
  window = await openWindow({ workspace: ['launch'], extensions: inject('extensions') });
});
afterAll(() => window?.close());

const shownView = (page: Page): FrameLocator =>
  page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');

const openTab = (page: Page, title: string): Promise<void> =>
  page.locator(`.tabs-container .tab:has-text("${title}")`).first().click();

test('flamegraph and GC statistics of a recording survive a reload of the window', async () => {
  const { page } = window;
  await runCommand(page, 'Slowcatch: Profile Current Launch Configuration');
  await page.locator('.pane-body .monaco-list-row:has-text("What we found")').waitFor({ timeout: 60_000 });
  await runCommand(page, 'Slowcatch: Open Flamegraph');
  await shownView(page).locator('body.painted header').waitFor();
  await runCommand(page, 'Slowcatch: Open GC Statistics');
  const sentence = shownView(page).locator('h1, .sentence, header').first();
  await sentence.waitFor();
  const said = await sentence.innerText();

  await runCommand(page, 'Developer: Reload Window');

  await shownView(page).locator('canvas').first().waitFor({ timeout: 60_000 });
  expect(await sentence.innerText()).toBe(said);
  await shot(page, 'reload-runtime');
  await openTab(page, 'Flamegraph');
  await shownView(page).locator('body.painted header').waitFor();
  await shot(page, 'reload-flame');
}, 180_000);
