import type { CallTree } from '../../model/cpu/call-tree.ts';

/** Microseconds in each node and all below it. */
export function nodeTotals(tree: CallTree): Float64Array {
  const totals = Float64Array.from(tree.self);
  for (let node = tree.nodeCount - 1; node > 0; node--) totals[tree.parent[node]!]! += totals[node]!;
  return totals;
}

/** First child and next sibling of every node, -1 for none; children in ascending order. */
export interface Children {
  readonly first: Int32Array;
  readonly next: Int32Array;
}

export function childrenOf(tree: CallTree): Children {
  const first = new Int32Array(tree.nodeCount).fill(-1);
  const next = new Int32Array(tree.nodeCount).fill(-1);
  for (let node = tree.nodeCount - 1; node > 0; node--) {
    const parent = tree.parent[node]!;
    next[node] = first[parent]!;
    first[parent] = node;
  }
  return { first, next };
}

/** Visits all nodes depth first: `enter` before, `leave` after the nodes below. */
export function walk(tree: CallTree, enter: (node: number) => void, leave: (node: number) => void): void {
  const { first, next } = childrenOf(tree);
  let node = 0;
  enter(node);
  for (;;) {
    const child = first[node]!;
    if (child !== -1) {
      node = child;
      enter(node);
      continue;
    }
    for (;;) {
      leave(node);
      if (node === 0) return;
      const sibling = next[node]!;
      if (sibling !== -1) {
        node = sibling;
        enter(node);
        break;
      }
      node = tree.parent[node]!;
    }
  }
}
