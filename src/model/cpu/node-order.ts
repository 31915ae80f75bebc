import type { ProfileProblem } from './profile.ts';
import { allRows } from './row-order.ts';

/** Nodes as a file has them: ids, and parents named by `parentId` or by rows (index of the parent, id of the child). */
export interface LinkedNodes {
  readonly id: Int32Array;
  readonly parentId: Int32Array;
  readonly childParent: Int32Array;
  readonly childId: Int32Array;
}

/**
 *   parent    by final index: final index of the parent, -1 for the root; parents before their children, the root first
 *   source    by final index: index in the file, -1 for a root that the file does not have
 *   target    by file index: final index
 *   moved     false when final and file indices are the same: V8 writes nodes in preorder
 */
export interface NodeOrder {
  readonly parent: Int32Array;
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly moved: boolean;
}

export type IndexOf = (id: number) => number;

/** Finds nodes by id: -1 for an unknown one. The first node with an id has it. V8's ids are dense: then a plain table. */
export function indexById(id: Int32Array): IndexOf {
  let highest = 0;
  for (let node = 0; node < id.length; node++) highest = Math.max(highest, id[node]!);
  if (highest > 4 * id.length + 1024) return sparseIndex(id);
  const index = new Int32Array(highest + 1).fill(-1);
  for (let node = id.length - 1; node >= 0; node--) {
    if (id[node]! >= 0) index[id[node]!] = node;
  }
  return value => (value >= 0 && value <= highest ? index[value]! : -1);
}

function sparseIndex(id: Int32Array): IndexOf {
  const index = new Map<number, number>();
  for (let node = id.length - 1; node >= 0; node--) index.set(id[node]!, node);
  index.delete(-1);
  return value => index.get(value) ?? -1;
}

/**
 * Makes a tree of whatever the links are: the first parent of a node counts, cycles are cut, and nodes without a
 * parent are put below the root: the one parentless node, or the first whose frame is `(root)`, or an added one.
 * Linear in nodes and links.
 */
export function orderNodes(
  nodes: LinkedNodes,
  indexOf: IndexOf,
  isRootFrame: (node: number) => boolean,
  problems: Set<ProfileProblem>,
): NodeOrder {
  const parent = linkParents(nodes, indexOf, problems);
  if (isOrdered(parent)) return inFileOrder(parent);
  const depth = cutCycles(parent, problems);
  const roots = [...parent.keys()].filter(node => parent[node] === -1);
  if (roots.length > 1) problems.add('several-roots');
  const root = roots.length === 1 ? roots[0]! : (roots.find(isRootFrame) ?? -1);
  return arrange(parent, byDepth(depth, root));
}

function inFileOrder(parent: Int32Array): NodeOrder {
  const same = allRows(parent.length);
  return { parent, source: same, target: same, moved: false };
}

function arrange(fileParent: Int32Array, source: Int32Array): NodeOrder {
  const target = new Int32Array(fileParent.length);
  source.forEach((file, node) => {
    if (file >= 0) target[file] = node;
  });
  const parent = source.map((file, node) => {
    if (node === 0) return -1;
    return fileParent[file] === -1 ? 0 : target[fileParent[file]!]!;
  });
  return { parent, source, target, moved: true };
}

function linkParents(nodes: LinkedNodes, indexOf: IndexOf, problems: Set<ProfileProblem>): Int32Array {
  const { id, parentId, childParent, childId } = nodes;
  const parent = new Int32Array(id.length).fill(-1);
  const link = (above: number, below: number): void => {
    if (above === -1 || below === -1) problems.add('unknown-child');
    else if (above === below) problems.add('cycle');
    else if (parent[below] === -1) parent[below] = above;
    else if (parent[below] !== above) problems.add('several-parents');
  };
  for (let node = 0; node < id.length; node++) {
    if (parentId[node]! >= 0) link(indexOf(parentId[node]!), node);
  }
  for (let row = 0; row < childId.length; row++) link(childParent[row]!, indexOf(childId[row]!));
  return parent;
}

function isOrdered(parent: Int32Array): boolean {
  for (let node = 1; node < parent.length; node++) {
    if (parent[node]! < 0 || parent[node]! >= node) return false;
  }
  return parent[0] === -1;
}

/** Distance of every node from its root. Of a cycle, the link that closes it is cut. */
function cutCycles(parent: Int32Array, problems: Set<ProfileProblem>): Int32Array {
  const unknown = -1;
  const onTheWay = -2;
  const depth = new Int32Array(parent.length).fill(unknown);
  const way: number[] = [];
  for (let start = 0; start < parent.length; start++) {
    let node = start;
    for (; node !== -1 && depth[node] === unknown; node = parent[node]!) {
      depth[node] = onTheWay;
      way.push(node);
    }
    if (node !== -1 && depth[node] === onTheWay) {
      problems.add('cycle');
      parent[way.at(-1)!] = -1;
    }
    for (let below = way.pop(); below !== undefined; below = way.pop()) {
      depth[below] = parent[below] === -1 ? 0 : depth[parent[below]!]! + 1;
    }
  }
  return depth;
}

/** File indices by depth, in file order within a depth; `root` before all others, -1 if the file has none. */
function byDepth(depth: Int32Array, root: number): Int32Array {
  const next = new Int32Array(depth.reduce((deepest, value) => Math.max(deepest, value), 0) + 2);
  for (const value of depth) next[value + 1]!++;
  for (let level = 1; level < next.length; level++) next[level]! += next[level - 1]!;
  const order = new Int32Array(depth.length);
  for (let node = 0; node < depth.length; node++) order[next[depth[node]!]!++] = node;
  return rootFirst(order, root);
}

function rootFirst(order: Int32Array, root: number): Int32Array {
  const others = order.filter(node => node !== root);
  const result = new Int32Array(others.length + 1);
  result[0] = root;
  result.set(others, 1);
  return result;
}
