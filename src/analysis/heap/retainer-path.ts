/** How the program holds something, in the words of its source: `module sessions.ts → Map sessions → Session`. */
import { nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, isIndexed, NodeKind } from '../../model/heap/kinds.ts';
import { classKey, classWords, propertyNames, propertyOf } from './class-words.ts';
import { kindOf, roleOf } from './node-roles.ts';
import { NOTHING, type Reach } from './reach.ts';
import { isOfProgram, type HeapScripts } from './scripts.ts';

export interface RetainerPath {
  /** From the module to the thing. Untrusted. */
  readonly words: readonly string[];
  /** The program's file whose variables hold it; absent where only Node holds it. */
  readonly url?: string;
  /** Names of variables and properties on the way, the nearest last. */
  readonly names: readonly string[];
  /** Objects and scopes on the way, the nearest last. */
  readonly holders: readonly number[];
}

/** What is more is left out in the middle of a chain. */
const MOST_WORDS = 12;

export function retainerPath(
  graph: HeapGraph,
  { parents, parentEdges }: Reach,
  scripts: HeapScripts,
  node: number,
): RetainerPath {
  const words: string[] = [];
  const names: string[] = [];
  const holders: number[] = [];
  let url: string | undefined;
  for (let each = node; each !== NOTHING && each !== graph.root; each = parents[each]!) {
    if (roleOf(graph, each) !== 'content') continue;
    const scope = isScope(graph, each) ? scripts.urlOfScope(each) : undefined;
    if (each !== node) holders.unshift(each);
    if (scope !== undefined) {
      words.unshift(scopeWords(graph, each, scope));
      url = scope;
      break;
    }
    const name = edgeName(graph, parents, parentEdges, each);
    if (name !== '') names.unshift(name);
    if (!isScope(graph, each)) words.unshift(stepWords(graph, each, name));
  }
  return {
    words: shortened(folded(words)),
    names,
    holders,
    ...(url !== undefined && isOfProgram(url) ? { url } : {}),
  };
}

const isScope = (graph: HeapGraph, node: number): boolean =>
  kindOf(graph, node) === NodeKind.object && nameOf(graph, node) === 'system / Context';

function scopeWords(graph: HeapGraph, context: number, url: string): string {
  const outer = propertyOf(graph, context, 'previous');
  const isModule = outer === undefined || !isScope(graph, outer);
  return `${isModule ? 'module' : 'function in'} ${url.slice(url.lastIndexOf('/') + 1)}`;
}

/** The name by which the holder has it, through stores. */
function edgeName(graph: HeapGraph, parents: Int32Array, parentEdges: Uint32Array, node: number): string {
  const at = parentEdges[node]!;
  const holder = parents[node]!;
  if (roleOf(graph, holder) !== 'content') return '';
  // Keys of a dictionary are data, not names.
  if (!isScope(graph, holder) && propertyNames(graph, holder).length === 0) return '';
  const kind = edgeKind(graph.edges[at]!);
  if (isIndexed(kind) || (kind !== EdgeKind.context && kind !== EdgeKind.property)) return '';
  return graph.strings.text(graph.edgeNames[at]!);
}

function stepWords(graph: HeapGraph, node: number, name: string): string {
  const words = classWords(classKey(graph, node));
  const isPlain = words.startsWith('Object {');
  const className = isPlain && name !== '' ? 'Object' : words;
  return name === '' || name === words ? className : `${className} ${name}`;
}

/** `Timeout _idleNext` a hundred times over is said once. */
function folded(words: readonly string[]): string[] {
  const kept: string[] = [];
  let times = 1;
  for (const [at, word] of words.entries()) {
    times = word === words[at - 1] ? times + 1 : 1;
    if (times === 1) kept.push(word);
    else kept[kept.length - 1] = `${word} (${times} in a row)`;
  }
  return kept;
}

function shortened(words: string[]): string[] {
  if (words.length <= MOST_WORDS) return words;
  const half = MOST_WORDS / 2;
  return [...words.slice(0, half), '…', ...words.slice(-half)];
}
