/** The command palette by keyboard, as users run commands. */
import type { Page } from 'playwright-core';
import { until } from '../host/until.ts';

const ATTEMPTS = 5;
const ATTEMPT_MILLISECONDS = 8_000;

/** Opens the palette and filters it to one command, which Enter would run. A window that was just opened has not all. */
export async function findCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  const focused = page.locator('.quick-input-list .monaco-list-row.focused').first();
  for (let attempt = 1; ; attempt++)
    try {
      await until('the palette', async () => {
        await page.keyboard.press('F1');
        return await input.isVisible();
      });
      await input.fill(`>${title}`);
      await focused.filter({ hasText: title }).waitFor({ timeout: ATTEMPT_MILLISECONDS });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await page.keyboard.press('Escape');
    }
}

export async function runCommand(page: Page, title: string): Promise<void> {
  await findCommand(page, title);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget input').first().waitFor({ state: 'hidden' });
}
