/** What a thing is called that grows: the class of an object with the names in it, of a closure where it stands. */
import { nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, NodeKind, TO_MASK } from '../../model/heap/kinds.ts';
import { kindOf, placeOf } from './node-roles.ts';

/** More names than that are a dictionary's keys. */
const MOST_NAMES = 12;
const SHOWN_NAMES = 5;
/** Node and libraries put these on objects of the program; no object literal of it has them. */
const SYMBOL = '<symbol ';
const STRINGS: ReadonlySet<number> = new Set([
  NodeKind.string,
  NodeKind.concatenatedString,
  NodeKind.slicedString,
]);

/** Tells classes apart in one snapshot and between snapshots of one process. Untrusted. */
export function classKey(graph: HeapGraph, node: number): string {
  const kind = kindOf(graph, node);
  if (STRINGS.has(kind)) return '(string)';
  const name = nameOf(graph, node);
  if (kind === NodeKind.closure) return `${name || '(anonymous)'}()${placeKey(graph, node)}`;
  if (kind !== NodeKind.object) return name;
  if (name === 'Object') return shapeWords(literalNames(graph, node));
  if (name === 'Timeout' || name === 'Immediate') return `${name}${callbackKey(graph, node)}`;
  return name;
}

/** For users: without what only tells apart. Untrusted. */
export const classWords = (key: string): string => key.replace(/@\d+:\d+:\d+/g, '');

/** Names of its own properties in the order of the source, as far as the snapshot has them. */
export function propertyNames(graph: HeapGraph, node: number): string[] {
  const names: string[] = [];
  for (let at = graph.firstEdges[node]!; at < graph.firstEdges[node + 1]!; at++) {
    if (edgeKind(graph.edges[at]!) !== EdgeKind.property) continue;
    const name = graph.strings.text(graph.edgeNames[at]!);
    if (name !== '__proto__') names.push(name);
    if (names.length > MOST_NAMES) return [];
  }
  return names;
}

/** Those that stand in the source of an object. */
export const literalNames = (graph: HeapGraph, node: number): string[] =>
  propertyNames(graph, node).filter(name => !name.startsWith(SYMBOL));

/** The target of a property, `undefined` if it has none of that name. */
export function propertyOf(graph: HeapGraph, node: number, name: string): number | undefined {
  for (let at = graph.firstEdges[node]!; at < graph.firstEdges[node + 1]!; at++) {
    const edge = graph.edges[at]!;
    const kind = edgeKind(edge);
    if (kind !== EdgeKind.property && kind !== EdgeKind.internal) continue;
    if (graph.strings.text(graph.edgeNames[at]!) === name) return edge & TO_MASK;
  }
  return undefined;
}

/** `Object {id, user}`. Untrusted. */
export function shapeWords(names: readonly string[]): string {
  if (names.length === 0) return 'Object';
  const more = names.length > SHOWN_NAMES ? ', …' : '';
  return `Object {${names.slice(0, SHOWN_NAMES).join(', ')}${more}}`;
}

function placeKey(graph: HeapGraph, node: number): string {
  const place = placeOf(graph, node);
  if (place < 0) return '';
  const { scriptId, line, column } = graph.places.at(place);
  return `@${scriptId}:${line}:${column}`;
}

/** Timers are told apart by what they call. */
function callbackKey(graph: HeapGraph, node: number): string {
  const callback = propertyOf(graph, node, '_onTimeout') ?? propertyOf(graph, node, '_onImmediate');
  return callback === undefined ? '' : placeKey(graph, callback);
}
