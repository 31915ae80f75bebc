import type { CallTree } from '../../model/cpu/call-tree.ts';
import type { PlacedThread } from './placed-profile.ts';

/**
 * Visits the nodes that have no node of their function above them: what lies below a recursive call counts once.
 * `count` is the number of functions, `index` the node's.
 */
export function visitOutermost(
  { tree, functionOf }: Pick<PlacedThread, 'tree' | 'functionOf'>,
  count: number,
  visit: (node: number, index: number) => void,
): void {
  const { nodeCount, parent, frame } = tree;
  const { firstChild, nextSibling } = childLists(tree);
  const open = new Int32Array(count);
  for (let node = nodeCount > 0 ? 0 : -1; node >= 0;) {
    const index = functionOf[frame[node]!]!;
    if (index >= 0 && open[index]!++ === 0) visit(node, index);
    if (firstChild[node]! >= 0) {
      node = firstChild[node]!;
      continue;
    }
    // Out of this node, and of all whose last child it is, to the next sibling.
    let next = -1;
    for (; node >= 0 && next < 0; node = parent[node]!) {
      const left = functionOf[frame[node]!]!;
      if (left >= 0) open[left]!--;
      next = nextSibling[node]!;
    }
    node = next;
  }
}

function childLists({ nodeCount, parent }: CallTree): { firstChild: Int32Array; nextSibling: Int32Array } {
  const firstChild = new Int32Array(nodeCount).fill(-1);
  const nextSibling = new Int32Array(nodeCount).fill(-1);
  for (let node = nodeCount - 1; node > 0; node--) {
    const above = parent[node]!;
    nextSibling[node] = firstChild[above]!;
    firstChild[above] = node;
  }
  return { firstChild, nextSibling };
}
