// Installs a nested package.json's packages when they are missing or its lock file has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const root = path.dirname(import.meta.dirname);

/**
 * `folder` is relative to the project; answers its absolute path. Throws when npm fails.
 * @param {string} folder
 * @param {readonly string[]} flags more flags of `npm ci`
 */
export async function install(folder, flags = []) {
  const absolute = path.join(root, folder);
  const lock = createHash('sha256')
    .update(readFileSync(path.join(absolute, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(absolute, 'node_modules', '.slowcatch-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return absolute;
  console.error(`installing ${folder} …`);
  const parameters = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...flags];
  const status = await run('npm', parameters, { cwd: absolute });
  if (status !== 0) throw new Error(`npm ci in ${folder} failed (status ${status})`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
  return absolute;
}
