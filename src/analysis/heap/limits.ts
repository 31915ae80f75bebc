/** Numbers that may say how much a container is to hold. They are in snapshots that were taken with numeric values. */
import { idOf, nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, NodeKind, TO_MASK } from '../../model/heap/kinds.ts';
import { propertyOf } from './class-words.ts';
import { kindOf } from './node-roles.ts';

/** Words for amounts; times, sizes of messages and Node's own warnings are none. */
const AMOUNT = /max|most|limit|cap|size|bound|quota|keep|entries|items|slots|window/i;
const NO_AMOUNT =
  /age|ttl|time|delay|interval|ms$|millis|second|byte|water|listeners|depth|retr|current|total/i;

/** Objects of which there are more are contents, not holders that know a limit. */
const MOST_OBJECTS = 200_000;

/** By object id, of all that have such numbers. */
export function limitsOfAll(graph: HeapGraph): Map<number, Map<string, number>> {
  const isAmount = new Map<number, boolean>();
  const all = new Map<number, Map<string, number>>();
  for (let node = 0; node < graph.nodeCount && all.size < MOST_OBJECTS; node++) {
    for (const [name, value] of limitsOf(graph, node, isAmount)) {
      const id = idOf(graph, node);
      const found = all.get(id) ?? new Map<string, number>();
      all.set(id, found.set(name, value));
    }
  }
  return all;
}

/** Of one object or scope. `isAmount` remembers names from one to the next. */
export function* limitsOf(
  graph: HeapGraph,
  node: number,
  isAmount: Map<number, boolean> = new Map(),
): Generator<[name: string, value: number]> {
  for (let at = graph.firstEdges[node]!, end = graph.firstEdges[node + 1]!; at < end; at++) {
    const edge = graph.edges[at]!;
    const kind = edgeKind(edge);
    if (kind !== EdgeKind.property && kind !== EdgeKind.context) continue;
    const target = edge & TO_MASK;
    if (kindOf(graph, target) !== NodeKind.number) continue;
    const index = graph.edgeNames[at]!;
    const known = isAmount.get(index) ?? isAmountName(graph.strings.text(index));
    isAmount.set(index, known);
    const value = known ? numberOf(graph, target) : Number.NaN;
    if (Number.isFinite(value)) yield [graph.strings.text(index), value];
  }
}

const isAmountName = (name: string): boolean => AMOUNT.test(name) && !NO_AMOUNT.test(name);

/** V8 writes a number as a node that has its digits as a string. */
function numberOf(graph: HeapGraph, node: number): number {
  const digits = propertyOf(graph, node, 'value');
  return digits === undefined ? Number.NaN : Number(nameOf(graph, digits));
}
