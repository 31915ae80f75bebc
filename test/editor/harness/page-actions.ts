/** What a test inside the extension host may ask of the page around it (see host/editor.ts). */
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Handler } from '../host/channel.ts';
import { SCREENSHOTS } from './folders.ts';

const LIMIT_MILLISECONDS = 15_000;
const CLICK_MILLISECONDS = 2000;
const SELECT_ATTEMPTS = 5;
const timeout = { timeout: LIMIT_MILLISECONDS };

const THEME_CLASSES: Readonly<Record<string, string>> = {
  light: '.monaco-workbench.vs',
  dark: '.monaco-workbench.vs-dark',
  'high-contrast': '.monaco-workbench.hc-black',
};

/** A picture of the whole window: `screenshots/<name>.png`. Answers the file. */
export async function shot(page: Page, name: string): Promise<string> {
  const file = path.join(SCREENSHOTS, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...timeout });
  return file;
}

export function pageActions(page: Page): Readonly<Record<string, Handler>> {
  const find = (where = '', selector = ''): Locator =>
    (where === 'webview' ? insideWebview(page) : page).locator(selector).filter({ visible: true });
  return {
    shot: (name = '') => shot(page, name),
    text: async (where, selector) => joined(await find(where, selector).first().innerText(timeout)),
    texts: async (where, selector) => (await find(where, selector).allInnerTexts()).map(joined),
    afterTexts: async (where, selector) =>
      (await find(where, selector).evaluateAll(contentBehind)).map(joined),
    click: (where, selector) => find(where, selector).first().click(timeout),
    select: (where, selector, value = '') => find(where, selector).first().selectOption(value, timeout),
    hover: (where, selector) => find(where, selector).first().hover(timeout),
    type: (text = '') => page.keyboard.type(text),
    insert: (text = '') => page.keyboard.insertText(text),
    press: (key = '') => page.keyboard.press(key),
    themed: (theme = '') => page.locator(THEME_CLASSES[theme] ?? theme).waitFor(timeout),
    selectConfiguration: (name = '') => selectConfiguration(page, name),
  };
}

/** In the page. Texts behind lines are contents of a style. */
const contentBehind = (elements: readonly Element[]): string[] =>
  elements
    .map(each => getComputedStyle(each, '::after').content)
    .filter(content => content.startsWith('"'))
    .map(content => JSON.parse(content) as string);

const insideWebview = (page: Page) =>
  page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');

/** Rows of the editor use no-break spaces. */
const joined = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A long list has only the rows around the selected one. */
async function scrollTo(page: Page, row: Locator, pixels: number): Promise<void> {
  const first = page.locator('.action-widget .monaco-list-row').first();
  await first.hover({ timeout: CLICK_MILLISECONDS, force: true });
  if (!(await row.isVisible())) await page.mouse.wheel(0, pixels);
}

async function selectConfiguration(page: Page, name: string): Promise<void> {
  const selected = page.locator('.start-debug-action-item-dropdown-label');
  const isExactly = new RegExp(`^\\s*${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
  // The list is built anew while configurations are still being read: then the click is lost.
  for (let attempt = 1; ; attempt++) {
    try {
      await selected.click(timeout);
      const row = page.locator('.action-widget .monaco-list-row').filter({ hasText: isExactly });
      await scrollTo(page, row, attempt % 2 === 1 ? -10_000 : 10_000);
      await row.click({ timeout: CLICK_MILLISECONDS, force: true });
      await selected.filter({ hasText: isExactly }).waitFor({ timeout: CLICK_MILLISECONDS });
      return;
    } catch (error) {
      if (attempt === SELECT_ATTEMPTS) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
