/** Lists of numbers: they have no objects to count, only a store that gets larger in steps. */
import { idOf, nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { kindOf } from './node-roles.ts';
import { NOTHING, type Reach } from './reach.ts';
import { holdingsOf } from './stores.ts';
import type { SnapshotTrace } from './trace.ts';

export interface NumberGrowth {
  readonly list: number;
  /** Bytes of the store at each snapshot. */
  readonly bytes: readonly number[];
}

/** Lists that hold few things and much room; V8 makes a full one half as large again, so a list grows by steps. */
const FEWEST_BYTES = 16 << 10;
/**
 * What a store has per thing, at least: of a Map key, value, chain and half a bucket (ordered-hash-table.h), twice that when it has
 * just been made larger.
 */
const BYTES_PER_THING: ReadonlyMap<string, number> = new Map([
  ['Array', 8],
  ['Map', 28],
  ['Set', 20],
]);

export function numberGrowths(
  graph: HeapGraph,
  { parents }: Reach,
  traces: readonly SnapshotTrace[],
): NumberGrowth[] {
  const found: NumberGrowth[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (kindOf(graph, node) !== NodeKind.object || parents[node] === NOTHING) continue;
    const now = holdingsOf(graph, node);
    if (now.bytes < FEWEST_BYTES) continue;
    const bytesPerThing = BYTES_PER_THING.get(nameOf(graph, node));
    if (bytesPerThing === undefined || now.references * bytesPerThing > now.bytes / 4) continue;
    const before = traces.map(({ holdings }) => holdings.get(idOf(graph, node))?.bytes ?? 0);
    found.push({ list: node, bytes: [...before, now.bytes] });
  }
  return found.filter(({ bytes }) => isGrowing(bytes));
}

/** It never got smaller, and has grown in two of three epochs. */
function isGrowing(bytes: readonly number[]): boolean {
  const steps = bytes.slice(1).map((each, at) => each - bytes[at]!);
  const grown = steps.filter(step => step > 0).length;
  return bytes[0]! > 0 && steps.every(step => step >= 0) && grown * 3 >= steps.length * 2 && grown >= 2;
}
