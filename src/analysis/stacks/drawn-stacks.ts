/** Level of detail: a picture holds only so many frames. */
import type { StackTrack } from '../../model/stacks/stack-profile.ts';
import { nodeTotals } from './node-order.ts';

export interface DetailLimits {
  /** The heaviest are drawn. */
  readonly mostNodes: number;
  /** Frames above each other. */
  readonly deepest: number;
}

/**
 * The nodes of a track that are drawn, by row; row 0 is the root.
 *
 *   node        index into the track, ascending: parents before their children
 *   parent      row of the parent, -1 for the root
 *   rest        weight of the nodes below that are not drawn and have no drawn node between; `restCount` is how many,
 *               without those that weigh nothing
 */
export interface DrawnStacks {
  readonly node: Int32Array;
  readonly parent: Int32Array;
  readonly rest: Float64Array;
  readonly restCount: Float64Array;
}

export function drawnStacks(track: StackTrack, limits: DetailLimits): DrawnStacks {
  const { nodeCount, parent, self } = track;
  const total = nodeTotals(track);
  const rowOf = rowsOf(track, total, limits);
  const node: number[] = nodeCount > 0 ? [0] : [];
  const parents = nodeCount > 0 ? [-1] : [];
  for (let each = 1; each < nodeCount; each++) {
    if (rowOf[each]! < 0) continue;
    node.push(each);
    parents.push(rowOf[parent[each]!]!);
  }
  const rest = new Float64Array(node.length);
  const restCount = new Float64Array(node.length);
  for (let each = 1; each < nodeCount; each++) {
    if (rowOf[each]! >= 0 || (total[each] ?? 0) === 0) continue;
    rest[-1 - rowOf[each]!]! += self[each]!;
    restCount[-1 - rowOf[each]!]!++;
  }
  return { node: Int32Array.from(node), parent: Int32Array.from(parents), rest, restCount };
}

/**
 * Row of each node; that of its next drawn ancestor as -1 - row where it is not drawn. Weights only fall from a node to
 * its children, and parents come first: the heaviest nodes are a tree of their own.
 */
function rowsOf(
  { nodeCount, parent }: StackTrack,
  weights: Float64Array,
  { mostNodes, deepest }: DetailLimits,
): Int32Array {
  const isHeavy = heaviest(weights, mostNodes);
  const rowOf = new Int32Array(nodeCount);
  const depth = new Int32Array(nodeCount);
  let rows = 1;
  for (let node = 1; node < nodeCount; node++) {
    const above = rowOf[parent[node]!]!;
    depth[node] = depth[parent[node]!]! + 1;
    const isDrawn = isHeavy(weights[node]!) && above >= 0 && depth[node]! <= deepest;
    rowOf[node] = isDrawn ? rows++ : above >= 0 ? -1 - above : above;
  }
  return rowOf;
}

/** To be asked once for each weight, in order: of those that weigh as much as the lightest, the first are taken. */
function heaviest(weights: Float64Array, most: number): (weight: number) => boolean {
  if (weights.length <= most) return weight => weight > 0;
  const sorted = weights.slice().sort();
  const lightest = sorted[sorted.length - most]!;
  let left = most - (sorted.length - 1 - sorted.lastIndexOf(lightest));
  return weight => weight > 0 && (weight > lightest || (weight === lightest && left-- > 0));
}
