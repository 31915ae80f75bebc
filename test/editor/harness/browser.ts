import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../../../scripts/editor/browser.mjs';

const BROWSER_FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  // Nothing beyond this machine is reached.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** The installed Chromium or Chrome. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium or Chrome: run `npm run test:editor`');
  return await chromium.launch({ executablePath, args: BROWSER_FLAGS });
}
