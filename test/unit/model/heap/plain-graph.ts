import { EDGE_KINDS, NODE_KINDS } from '../../../../src/model/heap/kinds.ts';

/** By node: the nodes that its elements are. Node 0 is the root; each has one byte. */
export type PlainGraph = readonly (readonly number[])[];

export function snapshotFrom(graph: PlainGraph): string {
  const nodes = graph.map(({ length }, node) => `3,0,${2 * node + 1},1,${length}`);
  const edges = graph.flatMap(targets => targets.map((to, index) => `1,${index},${5 * to}`));
  return text(nodes, edges);
}

/** Each node has the next one. */
export function listSnapshot(length: number): string {
  const nodes = Array<string>(length - 1).fill('3,0,1,1,1');
  const edges = Array.from({ length: length - 1 }, (_, node) => `1,0,${5 * node + 5}`);
  return text([...nodes, '3,0,1,1,0'], edges);
}

function text(nodes: readonly string[], edges: readonly string[]): string {
  const head = {
    meta: {
      node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
      node_types: [NODE_KINDS],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [EDGE_KINDS],
    },
    node_count: nodes.length,
    edge_count: edges.length,
  };
  return `{"snapshot":${JSON.stringify(head)},"nodes":[${nodes.join()}],"edges":[${edges.join()}],"strings":["x"]}`;
}
