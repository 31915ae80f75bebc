/** Kinds of nodes and edges, numbered as V8 does today; a file's own numbers are translated while it is read. */

export const NODE_KINDS = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
  'wasm object',
] as const;

export type NodeKindName = (typeof NODE_KINDS)[number];

export const NodeKind = {
  hidden: 0,
  array: 1,
  string: 2,
  object: 3,
  code: 4,
  closure: 5,
  regexp: 6,
  number: 7,
  native: 8,
  synthetic: 9,
  concatenatedString: 10,
  slicedString: 11,
  symbol: 12,
  bigint: 13,
  objectShape: 14,
  wasmObject: 15,
} as const;

export const EDGE_KINDS = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
] as const;

export type EdgeKindName = (typeof EDGE_KINDS)[number];

export const EdgeKind = {
  context: 0,
  element: 1,
  property: 2,
  internal: 3,
  hidden: 4,
  shortcut: 5,
  weak: 6,
  /** None that is known: it retains, and what its name means is not known. */
  other: 7,
} as const;

/** Beside the kind of a node: it belongs to the program, not to a debugger. */
export const OWNED_BIT = 0x80;
export const KIND_MASK = 0x7f;

/** Edges are packed: `inessential:1 │ kind:3 │ to:28`. */
export const EDGE_KIND_SHIFT = 28;
export const TO_MASK = 0x0f_ff_ff_ff;
/** The sign: an edge that retains nothing. */
export const INESSENTIAL = 1 << 31;
export const MOST_NODES = 1 << 28;

/** Of a packed edge. */
export const edgeKind = (edge: number): number => (edge >>> EDGE_KIND_SHIFT) & 7;

/** Whether the name of an edge of this kind is a number, not a text. */
export const isIndexed = (kind: number): boolean =>
  kind === EdgeKind.element || kind === EdgeKind.hidden || kind === EdgeKind.other;
