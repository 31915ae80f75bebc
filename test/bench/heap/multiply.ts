/** Large snapshots without a large program: copies of a small one below one root, written as V8 writes them. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { idOf, selfSizeOf, type HeapGraph } from '../../../src/model/heap/graph.ts';
import { EDGE_KINDS, edgeKind, KIND_MASK, NODE_KINDS, TO_MASK } from '../../../src/model/heap/kinds.ts';
import { HeapSnapshotReader } from '../../../src/model/heap/reader.ts';

const BUFFER_BYTES = 1 << 22;
const LONGEST_RECORD = 200;
const NODE_FIELDS = 6;

/** Bytes of a file, a number at a time. */
class NumberWriter {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  readonly #digits = new Uint8Array(20);
  #at = 0;

  constructor(file: number) {
    this.#file = file;
  }

  text(text: string): void {
    this.flush();
    writeSync(this.#file, text);
  }

  /** A record, with a comma before it unless it is the first. */
  record(values: readonly number[], isFirst: boolean): void {
    if (this.#at > BUFFER_BYTES - LONGEST_RECORD) this.flush();
    for (let index = 0; index < values.length; index++) {
      if (!(isFirst && index === 0)) this.#buffer[this.#at++] = 44;
      this.#number(values[index]!);
    }
  }

  #number(value: number): void {
    let rest = value;
    let length = 0;
    do {
      const next = Math.floor(rest / 10);
      this.#digits[length++] = 48 + (rest - 10 * next);
      rest = next;
    } while (rest > 0);
    while (length > 0) this.#buffer[this.#at++] = this.#digits[--length]!;
  }

  flush(): void {
    writeSync(this.#file, this.#buffer, 0, this.#at);
    this.#at = 0;
  }
}

/** Writes `copies` of the snapshot `from` below the root of the first one. */
export function multiplySnapshot(from: string, to: string, copies: number): void {
  const reader = new HeapSnapshotReader();
  reader.push(readFileSync(from));
  const graph = reader.finish();
  const file = openSync(to, 'w');
  const writer = new NumberWriter(file);
  writer.text(`{"snapshot":${JSON.stringify(head(graph, copies))},\n"nodes":[`);
  for (let copy = 0; copy < copies; copy++) writeNodes(writer, graph, copy, copies);
  writer.text('],\n"edges":[');
  for (let copy = 0; copy < copies; copy++) writeEdges(writer, graph, copy, copies);
  writer.text(
    '],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[],\n"strings":["',
  );
  writeSync(file, graph.strings.bytes, graph.strings.starts[0]);
  writer.text('}');
  closeSync(file);
}

const head = ({ nodeCount, edgeCount }: HeapGraph, copies: number): object => ({
  meta: {
    node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
    node_types: [NODE_KINDS, 'string', 'number', 'number', 'number', 'number'],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [EDGE_KINDS, 'string_or_number', 'node'],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  },
  node_count: nodeCount * copies,
  edge_count: edgeCount * copies + copies - 1,
});

function writeNodes(writer: NumberWriter, graph: HeapGraph, copy: number, copies: number): void {
  const { nodeCount, kinds, names, firstEdges } = graph;
  for (let node = 0; node < nodeCount; node++) {
    const more = node === 0 && copy === 0 ? copies - 1 : 0;
    const edges = firstEdges[node + 1]! - firstEdges[node]! + more;
    const id = 2 * (copy * nodeCount + node) + (idOf(graph, node) & 1);
    const values = [kinds[node]! & KIND_MASK, names[node]!, id, selfSizeOf(graph, node), edges, 0];
    writer.record(values, node === 0 && copy === 0);
  }
}

function writeEdges(writer: NumberWriter, graph: HeapGraph, copy: number, copies: number): void {
  const { nodeCount, edgeCount, edges, edgeNames, firstEdges } = graph;
  const place = (node: number, inCopy: number): number => NODE_FIELDS * (inCopy * nodeCount + node);
  const write = (edge: number): void => {
    const packed = edges[edge]!;
    const values = [edgeKind(packed), edgeNames[edge]!, place(packed & TO_MASK, copy)];
    writer.record(values, edge === 0 && copy === 0);
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    // The root has the other copies too.
    if (copy === 0 && edge === firstEdges[1])
      for (let other = 1; other < copies; other++) writer.record([1, 1000 + other, place(0, other)], false);
    write(edge);
  }
}
