import { classify, classTable, type ClassTable } from './classes.ts';
import { depthFirst } from './dominators/depth-first.ts';
import { predecessors, type Predecessors } from './dominators/predecessors.ts';
import { retainedSizes } from './dominators/retained-sizes.ts';
import { dominatorsOf } from './dominators/semi-nca.ts';
import type { HeapGraph } from './graph.ts';
import { markOwnedNodes } from './owned-nodes.ts';
import { assignShallowSizes } from './shallow-sizes.ts';
import { shortestWays } from './shortest-ways.ts';

/**
 * A heap with all that its questions need. Nodes have two numberings: the file's (`node`) and the turn in which the walk
 * came to them (`number`), which the dominator tree is in: an owner's number is below those of what it retains.
 */
export interface Heap {
  readonly graph: HeapGraph;
  /** By number: the node. */
  readonly order: Int32Array;
  /** By node: its number. */
  readonly numbers: Int32Array;
  /** By number: the number of the immediate dominator; 0, the root, has itself. */
  readonly dominators: Int32Array;
  /** By number, in bytes. */
  readonly retained: Float64Array;
  readonly predecessors: Predecessors;
  /** By node: the node before it on its shortest way from the root (`shortestWays`); -1 where there is none. */
  readonly parents: Int32Array;
  readonly classes: ClassTable;
  /** Nodes that the root does not reach. */
  readonly orphans: number;
}

export type AnalysisStep = 'references' | 'dominators' | 'classes';

/**
 * Takes over the graph: marks it, and gives it shallow sizes. 32 bytes per node and 4 per essential edge beside it, with no
 * more on the way: columns are used again. `onStep` is called before each.
 */
export function analyseHeap(graph: HeapGraph, onStep: (step: AnalysisStep) => void = () => undefined): Heap {
  const { nodeCount } = graph;
  const scratch = { first: new Int32Array(nodeCount), second: new Int32Array(nodeCount) };
  onStep('references');
  markOwnedNodes(graph, scratch.first);
  assignShallowSizes(graph, scratch.first);
  const walk = depthFirst(graph, scratch);
  const { order, numbers, reached } = walk;
  const retainers = predecessors(graph, walk);
  onStep('dominators');
  const pair = new ArrayBuffer(8 * nodeCount);
  const dominators = dominatorsOf(walk, retainers, { ...scratch, pair });
  const retained = retainedSizes(graph, order, dominators, new Float64Array(pair));
  onStep('classes');
  const tree = { order, dominators, retained, firstChild: scratch.first, nextSibling: scratch.second };
  const classes = classTable(graph, classify(graph, scratch), tree);
  return {
    ...{ graph, order, numbers, dominators, retained, predecessors: retainers, classes },
    parents: shortestWays(graph, scratch.second, scratch.first),
    orphans: nodeCount - reached,
  };
}

/** Bytes that would be free without a node. */
export const retainedOf = ({ retained, numbers }: Heap, node: number): number => retained[numbers[node]!]!;

/** The node that all ways from the root to a node lead over. */
export const dominatorOf = ({ dominators, order, numbers }: Heap, node: number): number =>
  order[dominators[numbers[node]!]!]!;
