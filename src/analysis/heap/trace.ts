/** What an earlier snapshot leaves for a comparison: never a second graph. */
import { idOf, nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { ObjectIds } from '../../model/heap/object-ids.ts';
import { kindOf, roleOf } from './node-roles.ts';
import { limitsOfAll } from './limits.ts';
import { HoldingsTable } from './holdings-table.ts';
import { holdingsOf } from './stores.ts';

export interface SnapshotTrace {
  readonly ids: ObjectIds;
  /** By object id, of what holds enough to be a container. */
  readonly holdings: Pick<HoldingsTable, 'get'>;
  /** How many there are of each kind and name. */
  readonly counts: ReadonlyMap<string, number>;
  /** By object id: its numbers that may be limits. */
  readonly limits: ReadonlyMap<number, ReadonlyMap<string, number>>;
}

/** What holds less is no container that matters. */
const FEWEST_REFERENCES = 6;
const FEWEST_BYTES = 1024;

export function traceOf(graph: HeapGraph): SnapshotTrace {
  const holdings = new HoldingsTable();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (roleOf(graph, node) === 'store') continue;
    const held = holdingsOf(graph, node);
    if (held.references >= FEWEST_REFERENCES || held.bytes >= FEWEST_BYTES)
      holdings.set(idOf(graph, node), held);
  }
  return { ids: new ObjectIds(graph), holdings, counts: countsOf(graph), limits: limitsOfAll(graph) };
}

/** Their names are their contents: there are as many names as strings. */
const STRINGS: ReadonlySet<number> = new Set([
  NodeKind.string,
  NodeKind.concatenatedString,
  NodeKind.slicedString,
]);

/** How many contents there are of each `countKey`, strings apart. */
export function countsOf(graph: HeapGraph): Map<string, number> {
  const byName = new Map<number, number>();
  const counts = new Map<string, number>();
  const examples = new Map<number, number>();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (roleOf(graph, node) !== 'content' || STRINGS.has(kindOf(graph, node))) continue;
    const key = graph.names[node]! * KINDS + kindOf(graph, node);
    byName.set(key, (byName.get(key) ?? 0) + 1);
    examples.set(key, node);
  }
  for (const [key, count] of byName) if (count > 1) counts.set(countKey(graph, examples.get(key)!), count);
  return counts;
}

const KINDS = 128;

export const countKey = (graph: HeapGraph, node: number): string =>
  `${kindOf(graph, node)} ${nameOf(graph, node)}`;
