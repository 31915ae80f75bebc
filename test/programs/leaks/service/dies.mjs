/**
 * Keeps more and more, and is killed by a child process of its own when something has been written of its third snapshot:
 * `dies.mjs FOLDER`. The child says by the file `ready` that it looks.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

const folder = process.argv[2];
const kept = new Map();
for (let id = 0; id < 50_000; id++) kept.set(id, { id, note: `note ${id}` });
setInterval(() => kept.set(kept.size, { id: kept.size, note: '' }), 20);

const killer = `
  const { statSync, writeFileSync } = require('node:fs');
  const look = () => {
    const size = statSync(${JSON.stringify(path.join(folder, '02.heapsnapshot'))}, { throwIfNoEntry: false })?.size;
    if (size > 0) process.kill(${process.pid}, 'SIGKILL');
    else setTimeout(look, 1);
  };
  look();
  writeFileSync(${JSON.stringify(path.join(folder, 'ready'))}, '');`;
// It is no program to record, and ends with this one.
const { NODE_OPTIONS: _, ...env } = process.env;
spawn(process.execPath, ['-e', killer], { env, stdio: 'ignore' });
