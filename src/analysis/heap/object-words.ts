/** What an object of an analysed heap is called in a row or on a way. Untrusted. */
import { nameOf } from '../../model/heap/graph.ts';
import type { Heap } from '../../model/heap/heap.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { literalNames, shapeWords } from './class-words.ts';
import { kindOf } from './node-roles.ts';

/** `Session`, `Object {id, user}`, `handler()`, `"GET /cart"`; of V8's own things V8's word, else the class in brackets. */
export function objectWords({ graph, classes }: Heap, node: number): string {
  const kind = kindOf(graph, node);
  const name = nameOf(graph, node);
  if (kind === NodeKind.string) return `"${name}"`;
  if (kind === NodeKind.closure) return closureWords(name);
  if (kind === NodeKind.object && name === 'Object') return shapeWords(literalNames(graph, node));
  return name === '' ? classes.classes[classes.ofNodes[node]!]!.name : name;
}

export const closureWords = (name: string): string => `${name === '' ? '(anonymous)' : name}()`;

/** Content of a string; undefined for what is none, and for a text that V8 has not put together yet. */
export const textOf = ({ graph }: Heap, node: number): string | undefined =>
  kindOf(graph, node) === NodeKind.string ? nameOf(graph, node) : undefined;
