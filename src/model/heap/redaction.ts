/** A snapshot without the contents of its strings: names of the program's code stay, so that it can be read. */
import type { HeapGraph } from './graph.ts';
import { EdgeKind, edgeKind, isIndexed, KIND_MASK, NodeKind } from './kinds.ts';

const TEXTS: ReadonlySet<number> = new Set([
  NodeKind.string,
  NodeKind.concatenatedString,
  NodeKind.slicedString,
]);
/** Objects with more properties than that are dictionaries: their keys are data. */
const MOST_PROPERTIES = 32;
/** Of a property that stands in the code; not an address, a number, an id. */
const IDENTIFIER = /^[#<]?[\p{ID_Start}$_][\p{ID_Continue}$. ]{0,59}>?$/u;

/**
 * By index of a string: 1 for what is a name (of a class, a function, a variable, a file, V8's own things, a property of an
 * object with few of them), 0 for what is only the content of a string.
 */
export function namesOfCode(graph: HeapGraph): Uint8Array {
  const isName = new Uint8Array(graph.strings.count);
  const { nodeCount, kinds, names, firstEdges, edges, edgeNames, strings } = graph;
  for (let node = 0; node < nodeCount; node++) {
    if (!TEXTS.has(kinds[node]! & KIND_MASK)) isName[names[node]!] = 1;
    const isDictionary = propertyCount(graph, node) > MOST_PROPERTIES;
    for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++) {
      const kind = edgeKind(edges[at]!);
      const name = edgeNames[at]!;
      if (isIndexed(kind) || isName[name] === 1) continue;
      if (kind !== EdgeKind.property || (!isDictionary && IDENTIFIER.test(strings.text(name))))
        isName[name] = 1;
    }
  }
  return isName;
}

function propertyCount({ firstEdges, edges }: HeapGraph, node: number): number {
  let count = 0;
  for (let at = firstEdges[node]!, end = firstEdges[node + 1]!; at < end; at++)
    if (edgeKind(edges[at]!) === EdgeKind.property) count += 1;
  return count;
}

const PIECE_BYTES = 1 << 16;
const [COMMA, LINE_END, OPEN, CLOSE] = [0x2c, 0x0a, 0x5b, 0x5d];

/**
 * The section `strings` anew, in pieces: what is no name is what `hash` makes of its bytes, plain characters that need no
 * escape in JSON. The same content has the same hash.
 */
export function* redactedStrings(
  { strings }: HeapGraph,
  isName: Uint8Array,
  hash: (content: Uint8Array) => string,
): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let piece: Uint8Array[] = [Uint8Array.of(OPEN)];
  let length = 1;
  for (let index = 0; index < strings.count; index++) {
    const start = strings.starts[index]!;
    const end = strings.end(start);
    const isKept = isName[index] === 1 || start === end;
    const quoted = isKept
      ? strings.bytes.subarray(start - 1, end + 1)
      : encoder.encode(`"${hash(strings.bytes.subarray(start, end))}"`);
    if (index > 0) piece.push(Uint8Array.of(COMMA, LINE_END));
    piece.push(quoted);
    length += quoted.length + 2;
    if (length < PIECE_BYTES) continue;
    yield joined(piece, length);
    piece = [];
    length = 0;
  }
  piece.push(Uint8Array.of(CLOSE));
  yield joined(piece, length + 1);
}

function joined(pieces: readonly Uint8Array[], most: number): Uint8Array {
  const all = new Uint8Array(most);
  let length = 0;
  for (const piece of pieces) {
    all.set(piece, length);
    length += piece.length;
  }
  return all.subarray(0, length);
}
