/** How the program holds something, in the words of its source: `module sessions.ts → Map sessions → Session`. */
import { nameOf, type HeapGraph } from '../../model/heap/graph.ts';
import { EdgeKind, edgeKind, isIndexed, NodeKind } from '../../model/heap/kinds.ts';
import { classKey, classWords, propertyNames, propertyOf } from './class-words.ts';
import { kindOf, roleOf } from './node-roles.ts';
import { NOTHING, type Reach } from './reach.ts';
import type { HeapScripts, HeapSite } from './scripts.ts';

export interface RetainerPath {
  /** From what the scope holds to the thing. Untrusted. */
  readonly words: readonly string[];
  /** Whose variables hold it; absent where only Node or V8 does. */
  readonly scope?: HeapScope;
  /** Names of variables and properties on the way, the nearest last. */
  readonly names: readonly string[];
  /** Objects and scopes on the way, the nearest last. */
  readonly holders: readonly number[];
}

/** The variables of a module or a function. */
export interface HeapScope {
  readonly isModule: boolean;
  /** Of a function in it. */
  readonly site: HeapSite;
  /** The one that holds it; '' where it has no name. */
  readonly variable: string;
}

/** `module sessions.ts`, `function in sessions.ts`. */
export const scopeWords = ({ isModule }: HeapScope, file: string): string =>
  `${isModule ? 'module' : 'function in'} ${/[^\\/]*$/.exec(file)?.[0] ?? file}`;

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
  let scope: HeapScope | undefined;
  let name = '';
  for (let each = node; each !== NOTHING && each !== graph.root; each = parents[each]!) {
    if (roleOf(graph, each) !== 'content') continue;
    if (each !== node) holders.unshift(each);
    const site = isScope(graph, each) ? scripts.siteOfScope(each) : undefined;
    if (site) {
      scope = { isModule: isModule(graph, each), site, variable: name };
      break;
    }
    name = edgeName(graph, parents, parentEdges, each);
    if (name !== '') names.unshift(name);
    if (!isScope(graph, each)) words.unshift(stepWords(graph, each, name));
  }
  return {
    words: shortened(folded(words)),
    names,
    holders,
    ...(scope ? { scope } : {}),
  };
}

const isScope = (graph: HeapGraph, node: number): boolean =>
  kindOf(graph, node) === NodeKind.object && nameOf(graph, node) === 'system / Context';

function isModule(graph: HeapGraph, context: number): boolean {
  const outer = propertyOf(graph, context, 'previous');
  return outer === undefined || !isScope(graph, outer);
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
