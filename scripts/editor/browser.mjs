// The browser that shows the editor in tests: one that is installed, or Debian's.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from '../run.mjs';

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-color-emoji'];

/** Absolute path of an installed Chromium or Chrome, or undefined. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return NAMES.flatMap(name => folders.map(folder => path.join(folder, name))).find(isExecutable);
}

/** Installs Debian's Chromium and an emoji font where they are missing. Throws an error of one sentence where it cannot. */
export async function installBrowser() {
  if (findBrowser() && hasEmojiFont()) return;
  const isInstalled = canInstall() && (await aptInstall());
  const names = DEBIAN_PACKAGES.join(' and ');
  if (!findBrowser())
    throw new Error(`they need Chromium or Chrome: install the packages ${names}, or their like`);
  if (!isInstalled) console.error('No emoji font is installed: some symbols will be missing in screenshots.');
}

const canInstall = () => process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get');

/** Answers whether it worked. The lists first: an old one names files that are gone. */
async function aptInstall() {
  console.error(`installing ${DEBIAN_PACKAGES.join(' and ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) => run('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...words], { env });
  return (
    (await apt('update')) === 0 &&
    (await apt('install', '--yes', '--no-install-recommends', ...DEBIAN_PACKAGES)) === 0
  );
}

const hasEmojiFont = () => /emoji/i.test(spawnSync('fc-list', { encoding: 'utf8' }).stdout ?? '');

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
