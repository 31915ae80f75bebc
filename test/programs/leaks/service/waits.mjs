/** The load for `dies.mjs`: ends at once, but never when the third snapshot is there. `waits.mjs FOLDER`. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const look = () => {
  const isReady = existsSync(path.join(folder, 'ready'));
  if (!isReady || existsSync(path.join(folder, '02.heapsnapshot'))) setTimeout(look, 10);
};
look();
