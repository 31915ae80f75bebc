import fs from 'node:fs';
import path from 'node:path';
import { BYSTANDERS_FILE } from '../contracts/recording-files.ts';
import type { Bystander } from '../contracts/recording.ts';

/** Says in the recording that this process was seen and why it is not sampled. */
export function recordBystander(folder: string, reason: Bystander['reason'], detail?: string): void {
  const record: Bystander = {
    pid: process.pid,
    argv: process.argv.slice(0, 4),
    nodeVersion: process.version,
    reason,
    ...(detail === undefined ? {} : { detail }),
  };
  fs.appendFileSync(path.join(folder, BYSTANDERS_FILE), JSON.stringify(record) + '\n');
}
