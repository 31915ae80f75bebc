import type { CallTree } from './call-tree.ts';
import type { Frame } from './profile.ts';

/** A tree without the nodes that have no time and no samples, neither themselves nor below; the root stays. */
export function prunedTree(tree: CallTree): CallTree {
  const { nodeCount, parent, frame } = tree;
  const kept = keptNodes(tree);
  const [nodeOf, nodes] = numbered(kept);
  const frames = new KeptFrames(tree.frames);
  const rows = tree.lineNode.map((_, row) => row).filter(row => kept[tree.lineNode[row]!] === 1);
  if (nodes.length === nodeCount) return tree;
  return {
    nodeCount: nodes.length,
    parent: nodes.map(node => (parent[node]! < 0 ? -1 : nodeOf[parent[node]!]!)),
    frame: nodes.map(node => frames.number(frame[node]!)),
    frames: frames.list,
    self: Float64Array.from(nodes, node => tree.self[node]!),
    samples: Float64Array.from(nodes, node => tree.samples[node]!),
    lineNode: rows.map(row => nodeOf[tree.lineNode[row]!]!),
    lineNumber: rows.map(row => tree.lineNumber[row]!),
    lineMicroseconds: Float64Array.from(rows, row => tree.lineMicroseconds[row]!),
  };
}

/** 1 for each node that stays. */
function keptNodes({ nodeCount, parent, self, samples }: CallTree): Uint8Array {
  const kept = new Uint8Array(nodeCount);
  kept[0] = 1;
  for (let node = nodeCount - 1; node > 0; node--) {
    if (self[node]! > 0 || samples[node]! > 0) kept[node] = 1;
    if (kept[node] === 1) kept[parent[node]!] = 1;
  }
  return kept;
}

/** New number by node, and the nodes that have one. */
function numbered(kept: Uint8Array): [Int32Array, Int32Array] {
  const numbers = new Int32Array(kept.length);
  const nodes = new Int32Array(kept.reduce((sum, each) => sum + each, 0));
  let count = 0;
  for (let node = 0; node < kept.length; node++) {
    if (kept[node] === 0) continue;
    numbers[node] = count;
    nodes[count++] = node;
  }
  return [numbers, nodes];
}

class KeptFrames {
  readonly list: Frame[] = [];
  readonly #numbers = new Map<number, number>();

  constructor(private readonly frames: readonly Frame[]) {}

  number(frame: number): number {
    const known = this.#numbers.get(frame);
    if (known !== undefined) return known;
    const number = this.list.push(this.frames[frame]!) - 1;
    this.#numbers.set(frame, number);
    return number;
  }
}
