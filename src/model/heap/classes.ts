import type { Scratch } from './dominators/depth-first.ts';
import { nameOf, selfSizeOf, type HeapGraph } from './graph.ts';
import { KIND_MASK, NODE_KINDS, NodeKind, type NodeKindName } from './kinds.ts';

/** Sums over all nodes of one class. */
export interface HeapClass {
  /** Of objects that of their constructor, of closures that of the function, else `(string)`, `(array)` … Untrusted. */
  readonly name: string;
  readonly kind: NodeKindName;
  /** Number of the place of the constructor or the function, -1 if V8 tells none. */
  readonly place: number;
  readonly count: number;
  readonly selfBytes: number;
  /** What its nodes retain together: what one of them retains of another counts once. */
  readonly retainedBytes: number;
}

export interface ClassTable {
  readonly classes: readonly HeapClass[];
  /** By class: the first node of it. */
  readonly examples: readonly number[];
  /** By node: index in `classes`. */
  readonly ofNodes: Int32Array;
}

/** Classes of the nodes, without sizes. */
interface Classified {
  readonly ofNodes: Int32Array;
  /** By class: a node of it. */
  readonly examples: readonly number[];
  readonly places: readonly number[];
}

/**
 * Objects and native ones are told apart by name, those whose constructor's place is known also by that, and closures by
 * name and place: most have no name. Takes over the column of places: what a class has, its nodes have.
 */
export function classify(graph: HeapGraph, scratch: Scratch): Classified {
  const { nodeCount, kinds, names, strings, places, placeOfNodes: ofNodes } = graph;
  const classOfName = table(scratch.first, strings.count);
  const closureOfName = table(scratch.second, strings.count);
  const classOfKind = new Int32Array(NODE_KINDS.length + 1).fill(-1);
  // The class that was met first at a place, and the next one at the same place.
  const classOfPlace = new Int32Array(places.count).fill(-1);
  const sibling: number[] = [];
  const examples: number[] = [];
  const placeOfClass: number[] = [];
  const add = (node: number, place: number): number => {
    sibling.push(-1);
    placeOfClass.push(place);
    return examples.push(node) - 1;
  };
  const atPlace = (node: number, place: number): number => {
    const kind = kinds[node]! & KIND_MASK;
    let last = -1;
    for (let found = classOfPlace[place]!; found >= 0; found = sibling[found]!) {
      const example = examples[found]!;
      if (names[example] === names[node] && (kinds[example]! & KIND_MASK) === kind) return found;
      last = found;
    }
    const added = add(node, place);
    if (last < 0) classOfPlace[place] = added;
    else sibling[last] = added;
    return added;
  };
  for (let node = 0; node < nodeCount; node++) {
    const kind = kinds[node]! & KIND_MASK;
    const place = ofNodes[node]! - 1;
    if (kind === NodeKind.object || kind === NodeKind.native || kind === NodeKind.closure) {
      if (place >= 0) {
        ofNodes[node] = atPlace(node, place);
        continue;
      }
      const ofName = kind === NodeKind.closure ? closureOfName : classOfName;
      const name = names[node]!;
      if (ofName[name]! < 0) ofName[name] = add(node, -1);
      ofNodes[node] = ofName[name]!;
    } else {
      const merged = MERGED[kind]!;
      if (classOfKind[merged]! < 0) classOfKind[merged] = add(node, -1);
      ofNodes[node] = classOfKind[merged]!;
    }
  }
  return { ofNodes, examples, places: placeOfClass };
}

/** Of -1; in a column that is there already, where it is long enough. */
const table = (column: Int32Array, length: number): Int32Array =>
  (length <= column.length ? column.subarray(0, length) : new Int32Array(length)).fill(-1);

/** All sorts of strings are strings. */
const MERGED = NODE_KINDS.map((_, kind) =>
  kind === NodeKind.concatenatedString || kind === NodeKind.slicedString ? NodeKind.string : kind,
);

/** Of the walk that the dominators come from, and columns that are free. */
export interface Dominated {
  readonly order: Int32Array;
  readonly dominators: Int32Array;
  readonly retained: Float64Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** Classes with their sums, in the order in which they were met. */
export function classTable(
  graph: HeapGraph,
  { ofNodes, examples, places }: Classified,
  tree: Dominated,
): ClassTable {
  const counts = new Uint32Array(examples.length);
  const self = new Float64Array(examples.length);
  for (let node = 0; node < graph.nodeCount; node++) {
    const index = ofNodes[node]!;
    counts[index]!++;
    self[index]! += selfSizeOf(graph, node);
  }
  const retained = retainedByClass(ofNodes, examples.length, tree);
  const classes = examples.map((example, index): HeapClass => {
    const kind = NODE_KINDS[graph.kinds[example]! & KIND_MASK] ?? 'hidden';
    return {
      name: className(graph, example, kind),
      kind,
      place: places[index]!,
      count: counts[index]!,
      selfBytes: self[index]!,
      retainedBytes: retained[index]!,
    };
  });
  return { classes, examples, ofNodes };
}

function className(graph: HeapGraph, example: number, kind: HeapClass['kind']): string {
  if (kind === 'object' || kind === 'native') return nameOf(graph, example);
  if (kind === 'closure') return nameOf(graph, example) || '(anonymous)';
  return `(${NODE_KINDS[MERGED[NODE_KINDS.indexOf(kind)]!]})`;
}

/** Of each class the nodes that no node of the same class dominates. Walks the dominator tree without recursion. */
function retainedByClass(ofNodes: Int32Array, classes: number, tree: Dominated): Float64Array {
  const { order, dominators, retained, firstChild, nextSibling } = tree;
  const sums = new Float64Array(classes);
  const open = new Int32Array(classes);
  firstChild.fill(-1);
  for (let number = order.length - 1; number > 0; number--) {
    const dominator = dominators[number]!;
    nextSibling[number] = firstChild[dominator]!;
    firstChild[dominator] = number;
  }
  let number = 0;
  for (;;) {
    const entered = ofNodes[order[number]!]!;
    if (open[entered]!++ === 0) sums[entered]! += retained[number]!;
    let next = firstChild[number]!;
    while (next < 0) {
      open[ofNodes[order[number]!]!]!--;
      if (number === 0) return sums;
      next = nextSibling[number]!;
      if (next < 0) number = dominators[number]!;
    }
    number = next;
  }
}
