/** A page of ours that is opened from a file, and all that it does besides being shown. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface OpenPage {
  readonly page: Page;
  /** Dialogs, messages, errors, and requests for anything but the page. */
  readonly noise: readonly string[];
  readonly close: () => Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  /** Runs before the scripts of the page. */
  readonly before?: () => void;
}

export async function openHtml(
  browser: Browser,
  html: string,
  { before, ...options }: OpenOptions = {},
): Promise<OpenPage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'slowcatch-page-'));
  const file = path.join(folder, 'flame.html');
  await writeFile(file, html);
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const noise = listen(page, pathToFileURL(file).href);
  if (before) await page.addInitScript(before);
  await page.goto(pathToFileURL(file).href);
  return {
    page,
    noise,
    close: async () => {
      await context.close();
      await rm(folder, { recursive: true });
    },
  };
}

function listen(page: Page, address: string): readonly string[] {
  const noise: string[] = [];
  page.on('dialog', dialog => {
    noise.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', message => noise.push(`${message.type()} ${message.text()}`));
  page.on('pageerror', error => noise.push(`error ${error.message}`));
  page.on('request', request => request.url() !== address && noise.push(`request ${request.url()}`));
  return noise;
}
