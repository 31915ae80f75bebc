import type { HotPath } from '../../contracts/document.ts';
import { TimeColumn } from '../../model/cpu/growing-column.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import { heaviest, shareOf } from './heaviest.ts';
import { isOpenable } from './owner.ts';
import type { PlacedProfile } from './placed-profile.ts';
import type { FunctionTotals } from './totals.ts';

/** Index of the path without functions, on which there is no time. */
const EMPTY_PATH = 0;

/**
 * The chains of calls, from the outermost function to the one that burns the time, with most self time at their end.
 * Node's own and native functions are left out: chains that differ only in them are one, as are those of several threads.
 */
export function hotPaths(
  { functions, threads }: PlacedProfile,
  { cpuMicroseconds }: Pick<FunctionTotals, 'cpuMicroseconds'>,
  limit: number,
): HotPath[] {
  /** (path of the caller, function). */
  const paths = new PairTable();
  const self = new TimeColumn();
  paths.intern(-1, 0);
  for (const { tree, functionOf, ownerOf } of threads) {
    const path = new Int32Array(tree.nodeCount);
    const sums = self.upTo(paths.count + tree.nodeCount);
    for (let node = 1; node < tree.nodeCount; node++) {
      const above = path[tree.parent[node]!]!;
      const isShown = isOpenable(ownerOf[node]!);
      path[node] = isShown ? paths.intern(above, functionOf[tree.frame[node]!]!) : above;
      if (isShown) sums[path[node]!]! += tree.self[node]!;
    }
  }
  const sums = self.upTo(paths.count);
  return heaviest(sums, limit).map(index => ({
    selfMicroseconds: sums[index]!,
    share: shareOf(sums[index]!, cpuMicroseconds),
    functions: functionsOn(paths, index).map(each => {
      const { name, file, line } = functions[each]!;
      return { name, file, line };
    }),
  }));
}

/** Indices of the functions of a path, the outermost first. */
function functionsOn(paths: PairTable, path: number): number[] {
  const onPath: number[] = [];
  for (let each = path; each !== EMPTY_PATH; each = paths.first()[each]!) onPath.push(paths.second()[each]!);
  return onPath.reverse();
}
