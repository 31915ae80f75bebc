/** One measurement: `child.mjs RECORDING`, from the folder to the document. Prints a `Measurement`. */
import { openInput } from '../../../src/backend/open-input.ts';
import { profileDocument } from '../../../src/present/document.ts';

export interface Measurement {
  /** Of CPU time, its collections of garbage too: others may have the machine. */
  readonly milliseconds: number;
  /** Kept operations that have samples: that the work was done. */
  readonly found: number;
}

const start = process.cpuUsage();
const { operations } = profileDocument(await openInput(process.argv[2] ?? ''));
const { user, system } = process.cpuUsage(start);
const milliseconds = (user + system) / 1000;
const found = operations.reduce((sum, { samples, keptCount }) => sum + (samples > 0 ? keptCount : 0), 0);
console.log(JSON.stringify({ milliseconds, found } satisfies Measurement));
