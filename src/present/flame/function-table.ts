/** Stacks as a table of functions: what a flamegraph shows, to be read, sorted and heard. */
import { functionWeights } from '../../analysis/stacks/function-weights.ts';
import type { FunctionLabel, FunctionRow, FunctionTable } from '../../contracts/views/flame.ts';
import { plainText } from '../../format/untrusted.ts';
import type { StackFunction, StackProfile } from '../../model/stacks/stack-profile.ts';

const MOST_ROWS = 1000;
const MOST_CALLERS = 8;

/** `placeOf` is what is shown of a function's file. */
export function functionTable(profile: StackProfile, placeOf: (file: string) => string): FunctionTable {
  const { self, total, samples, callers, sum } = functionWeights(profile);
  const label = (index: number): FunctionLabel => labelOf(profile.functions[index]!, index, placeOf);
  const row = (index: number): FunctionRow => ({
    ...label(index),
    ...{ self: self[index]!, total: total[index]!, samples: samples[index]! },
    callers: [...callers[index]!]
      .filter(([caller]) => caller >= 0)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_CALLERS)
      .map(([caller, weight]) => ({ ...label(caller), weight })),
  });
  const live = profile.functions.map((_, index) => index).filter(index => total[index]! > 0);
  const rows = heaviestOf(live, self, total).map(row);
  return { version: 1, unit: profile.unit, total: sum, functions: live.length, rows };
}

/** By self weight; also those that burn nothing themselves but call what does, for a table sorted by total. */
function heaviestOf(live: readonly number[], self: Float64Array, total: Float64Array): number[] {
  const by = (weight: Float64Array): number[] =>
    live.toSorted((a, b) => weight[b]! - weight[a]! || a - b).slice(0, MOST_ROWS / 2);
  const chosen = new Set([...by(self), ...by(total)]);
  return [...chosen].sort((a, b) => self[b]! - self[a]! || total[b]! - total[a]!);
}

function labelOf(found: StackFunction, index: number, placeOf: (file: string) => string): FunctionLabel {
  const { name, file, line } = found;
  const place = file === '' ? '' : `${plainText(placeOf(file))}${line > 0 ? `:${line}` : ''}`;
  return { index, name: plainText(name) || '(anonymous)', place, canOpen: isOpenable(found) };
}

/** Functions of scripts on disk; those of Node itself have no file here. */
export const isOpenable = ({ kind, file, line }: StackFunction): boolean =>
  (kind === 'own' || kind === 'package') && file !== '' && line > 0;
