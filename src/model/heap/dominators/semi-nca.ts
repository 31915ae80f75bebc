import type { DepthFirst, Scratch } from './depth-first.ts';
import type { Predecessors } from './predecessors.ts';

/**
 * Immediate dominators by semi-NCA: L. Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems",
 * Princeton 2005, §2.3. By number of the walk: the number of the dominator; the root dominates itself. Takes over the
 * column `parents` of the walk; `scratch` (`pair`: 8 bytes per node) is free afterwards.
 */
export function dominatorsOf(
  walk: DepthFirst,
  { first, numbers }: Predecessors,
  scratch: Scratch & { readonly pair: ArrayBuffer },
): Int32Array {
  const { order, parents } = walk;
  const count = order.length;
  const semi = scratch.first;
  const stack = scratch.second;
  // On the way to an ancestor: the least semidominator. Only its minimum is ever asked for, not where it is.
  const least = new Int32Array(scratch.pair, 0, count);
  const ancestors = new Int32Array(scratch.pair, 4 * count, count);
  ancestors.set(parents);
  for (let number = count - 1; number > 0; number--) {
    const node = order[number]!;
    const end = first[node + 1]!;
    let at = first[node]!;
    // An orphan hangs at the root.
    let best = at === end ? 0 : parents[number]!;
    for (; at < end; at++) {
      const from = numbers[at]!;
      if (from <= number) {
        if (from < best) best = from;
        continue;
      }
      // Its ancestors above `number` are linked: compress the path to them.
      let top = from;
      let depth = 0;
      while (ancestors[top]! > number) {
        stack[depth++] = top;
        top = ancestors[top]!;
      }
      let low = least[top]!;
      while (depth > 0) {
        const below = stack[--depth]!;
        if (least[below]! < low) low = least[below]!;
        else least[below] = low;
        ancestors[below] = top;
      }
      if (low < best) best = low;
    }
    semi[number] = best;
    least[number] = best;
  }
  for (let number = 1; number < count; number++) {
    const limit = semi[number]!;
    let dominator = parents[number]!;
    while (dominator > limit) dominator = parents[dominator]!;
    parents[number] = dominator;
  }
  return parents;
}
