import type { HeapPlaces } from './places.ts';
import type { HeapStrings } from './strings.ts';

/**
 * A heap snapshot in columns: 17 bytes per node and 8 per edge. Nodes are numbered as the file has them.
 *
 *    kinds       u8   kind, and a bit for what the program owns
 *    names       u32  index of a string
 *    ids         u32  V8's object id, the same in later snapshots; 0xffffffff: look in `largeIds`
 *    selfSizes   u32  bytes; 0xffffffff: look in `largeSizes`
 *    firstEdges  u32  nodeCount + 1 of them
 *    edges       i32  inessential:1 │ kind:3 │ to:28
 *    edgeNames   u32  index of a string, or an element's index (`isIndexed`)
 *
 * Columns may be longer than they are filled: `nodeCount` and `edgeCount` say how far.
 */
export interface HeapGraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly root: number;
  readonly kinds: Uint8Array;
  readonly names: Uint32Array;
  readonly ids: Uint32Array;
  readonly largeIds: ReadonlyMap<number, number>;
  readonly selfSizes: Uint32Array;
  readonly largeSizes: Map<number, number>;
  readonly firstEdges: Uint32Array;
  readonly edges: Int32Array;
  readonly edgeNames: Uint32Array;
  readonly strings: HeapStrings;
  /** Where `strings.bytes` stand in the file. */
  readonly stringsOffset: number;
  readonly places: HeapPlaces;
  /** By node: the number of its place + 1, or 0. The analysis takes the column over: afterwards classes have places. */
  readonly placeOfNodes: Int32Array;
  /** Nodes that V8 calls detached, ascending. */
  readonly detached: Uint32Array;
  /** Outside of V8's heap, beside what the nodes have; 0 where the file does not tell. */
  readonly extraNativeBytes: number;
}

/** A value in a column that does not fit into it. */
export const LARGE = 0xff_ff_ff_ff;

/** V8's id of a node. */
export const idOf = (graph: HeapGraph, node: number): number => {
  const id = graph.ids[node]!;
  return id === LARGE ? (graph.largeIds.get(node) ?? id) : id;
};

/** Bytes of a node itself. */
export const selfSizeOf = (graph: HeapGraph, node: number): number => {
  const size = graph.selfSizes[node]!;
  return size === LARGE ? (graph.largeSizes.get(node) ?? size) : size;
};

/** What a node is called: of strings their content. Untrusted. */
export const nameOf = (graph: HeapGraph, node: number): string => graph.strings.text(graph.names[node]!);
