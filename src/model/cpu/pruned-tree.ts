import type { CallTree } from './call-tree.ts';
import { allRows, pick } from './row-order.ts';

/** A tree without the nodes that have no time and no samples, neither themselves nor below; the root stays. */
export function prunedTree(tree: CallTree): CallTree {
  const kept = keptNodes(tree);
  const nodes = allRows(tree.nodeCount).filter(node => kept[node] === 1);
  if (nodes.length === tree.nodeCount) return tree;
  const rows = allRows(tree.lineNode.length).filter(row => kept[tree.lineNode[row]!] === 1);
  const frame = pick(tree.frame, nodes, new Int32Array(nodes.length));
  const frames = numbersOf(frame, tree.frames.length);
  const nodeOf = numbersOf(nodes, tree.nodeCount).number;
  const parent = pick(tree.parent, nodes, new Int32Array(nodes.length));
  const lineNode = pick(tree.lineNode, rows, new Int32Array(rows.length));
  return {
    nodeCount: nodes.length,
    parent: parent.map(node => (node < 0 ? -1 : nodeOf[node]!)),
    frame: frame.map(each => frames.number[each]!),
    frames: frames.met.map(each => tree.frames[each]!),
    self: pick(tree.self, nodes, new Float64Array(nodes.length)),
    samples: pick(tree.samples, nodes, new Float64Array(nodes.length)),
    lineNode: lineNode.map(node => nodeOf[node]!),
    lineNumber: pick(tree.lineNumber, rows, new Int32Array(rows.length)),
    lineMicroseconds: pick(tree.lineMicroseconds, rows, new Float64Array(rows.length)),
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

/** Numbers values, which are 0 … `limit`-1, as they are met. */
function numbersOf(values: Int32Array, limit: number): { number: Int32Array; met: number[] } {
  const number = new Int32Array(limit).fill(-1);
  const met: number[] = [];
  for (const value of values) if (number[value] === -1) number[value] = met.push(value) - 1;
  return { number, met };
}
