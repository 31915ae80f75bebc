import type { CallTree } from '../call-tree.ts';

const DEEPEST = 5;

/** Looks for frames among the descendants of one node of the tree. */
export class NodeSearch {
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;

  constructor(private readonly tree: CallTree) {
    this.firstChild = new Int32Array(tree.nodeCount).fill(-1);
    this.nextSibling = new Int32Array(tree.nodeCount).fill(-1);
    for (let node = tree.nodeCount - 1; node > 0; node--) {
      const parent = tree.parent[node]!;
      this.nextSibling[node] = this.firstChild[parent]!;
      this.firstChild[parent] = node;
    }
  }

  isBelow(node: number, frame: number): boolean {
    let level = [node];
    for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
      level = level.flatMap(parent => this.childrenOf(parent));
      if (level.some(child => this.tree.frame[child] === frame)) return true;
    }
    return false;
  }

  private childrenOf(node: number): number[] {
    const children: number[] = [];
    for (let child = this.firstChild[node]!; child !== -1; child = this.nextSibling[child]!)
      children.push(child);
    return children;
  }
}
