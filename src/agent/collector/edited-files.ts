import fs from 'node:fs';
import path from 'node:path';
import { WATCHED_FILE } from '../../contracts/recording-files.ts';
import type { WatchedFile } from '../../contracts/watched.ts';

/** Files that may run with other text than they hold: that of watched functions. Absolute paths, real ones too. */
export function editedFiles(recording: string): ReadonlySet<string> {
  const list = path.join(recording, WATCHED_FILE);
  if (!fs.existsSync(list)) return new Set();
  const files = (JSON.parse(fs.readFileSync(list, 'utf8')) as WatchedFile[]).map(({ file }) => file);
  const real = files.filter(file => fs.existsSync(file)).map(file => fs.realpathSync(file));
  return new Set([...files, ...real]);
}
