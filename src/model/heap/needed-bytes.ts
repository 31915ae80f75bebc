/** Columns while a graph is read, and those of its analysis beside them: of a node 21 and 32, of an edge 8 and 4. */
const BYTES_PER_NODE = 53;
const BYTES_PER_EDGE = 12;

/** What reading and analysing a heap takes, without its texts. */
export const neededBytes = (nodes: number, edges: number): number =>
  BYTES_PER_NODE * nodes + BYTES_PER_EDGE * edges;
