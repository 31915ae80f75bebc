/** `child.mjs FILE RUNS`: from the bytes of a profile to hot functions and lines, again and again. Prints milliseconds. */
import { readFileSync } from 'node:fs';
import { hotFunctions } from '../../../src/analysis/cpu/hot-functions.ts';
import { hotLines } from '../../../src/analysis/cpu/hot-lines.ts';
import { placeFunctions } from '../../../src/analysis/cpu/placed-profile.ts';
import { functionTotals } from '../../../src/analysis/cpu/totals.ts';
import { readCpuProfile } from '../../../src/model/cpu/reader.ts';
import { threadTree } from '../../../src/model/cpu/weigh.ts';
import { IdentityPlacement } from '../../../src/model/source/placement.ts';

const HINTS = 500;

const [file = '', runs = '1'] = process.argv.slice(2);
const bytes = readFileSync(file);
const milliseconds = Array.from({ length: Number(runs) }, () => {
  const start = performance.now();
  const profile = placeFunctions([
    { tree: threadTree([readCpuProfile(bytes)]), place: new IdentityPlacement() },
  ]);
  const totals = functionTotals(profile);
  const found = hotFunctions(profile, totals, HINTS).length + hotLines(profile, totals, HINTS).length;
  if (found === 0) throw new Error('nothing is hot');
  return performance.now() - start;
});
console.log(JSON.stringify(milliseconds));
