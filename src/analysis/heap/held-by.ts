/** What holds something, in the words of the program's source, of an analysed heap: `module sessions.ts`, `Map sessions`. */
import type { HeapHolder, HeapPlace } from '../../contracts/heap-rows.ts';
import { nameOf } from '../../model/heap/graph.ts';
import { retainedOf, type Heap } from '../../model/heap/heap.ts';
import { EdgeKind, edgeKind, NodeKind } from '../../model/heap/kinds.ts';
import { tellingEdge } from '../../model/heap/references.ts';
import { propertyOf } from './class-words.ts';
import { placeOfNode, type HeapFiles } from './heap-places.ts';
import { kindOf, roleOf } from './node-roles.ts';
import { objectWords } from './object-words.ts';

export interface HeldBy {
  /** From the module or the root to the thing itself. */
  readonly holders: readonly HeapHolder[];
  /** Left out in the middle. */
  readonly omitted: number;
}

/** Lists of a million links exist. */
const MOST_HOLDERS = 40;
/** Of a scope so many of what holds it are looked at for a function of it. */
const MOST_RETAINERS = 2000;

/**
 * The shortest way on which a node is held, from the module that it begins in, else from the root. Stores, compiled code
 * and what V8 keeps for itself are passed over; the name of a reference goes to what it leads to.
 */
export function heldBy(heap: Heap, files: HeapFiles, node: number): HeldBy {
  const { parents, graph } = heap;
  const way: number[] = [];
  let omitted = 0;
  for (let each = node; each >= 0 && each !== graph.root; each = parents[each]!) {
    if (each !== node && roleOf(graph, each) !== 'content') continue;
    way.push(each);
    if (way.length > MOST_HOLDERS) omitted += way.splice(MOST_HOLDERS / 2, 1).length;
    if (isModule(heap, each)) break;
  }
  const holders = way.reverse().map(each => holderOf(heap, files, each));
  return { holders, omitted };
}

function holderOf(heap: Heap, files: HeapFiles, node: number): HeapHolder {
  const place = isScope(heap, node) ? placeOfScope(heap, files, node) : placeOfNode(heap, files, node).place;
  return {
    words: isScope(heap, node) ? scopeWords(heap, node, place) : stepWords(heap, node),
    node,
    retainedBytes: retainedOf(heap, node),
    ...(place ? { place } : {}),
  };
}

const isScope = ({ graph }: Heap, node: number): boolean =>
  kindOf(graph, node) === NodeKind.object && nameOf(graph, node) === 'system / Context';

/** The scope of a file: no scope of a function is around it. */
function isModule(heap: Heap, node: number): boolean {
  if (!isScope(heap, node)) return false;
  const outer = propertyOf(heap.graph, node, 'previous');
  return outer === undefined || !isScope(heap, outer);
}

/** Of a scope the place of a function that is made in it. */
function placeOfScope(heap: Heap, files: HeapFiles, scope: number): HeapPlace | undefined {
  const { graph, order, predecessors } = heap;
  const first = predecessors.first[scope]!;
  const end = Math.min(predecessors.first[scope + 1]!, first + MOST_RETAINERS);
  for (let at = first; at < end; at++) {
    const retainer = order[predecessors.numbers[at]!]!;
    if (kindOf(graph, retainer) !== NodeKind.closure || propertyOf(graph, retainer, 'context') !== scope)
      continue;
    const { place } = placeOfNode(heap, files, retainer);
    if (place) return place;
  }
  return undefined;
}

function scopeWords(heap: Heap, scope: number, place: HeapPlace | undefined): string {
  const file = place?.file.replace(/^.*[\\/]/, '');
  if (file === undefined) return 'scope of a function';
  return isModule(heap, scope) ? `module ${file}` : `function in ${file}`;
}

/** `Map sessions`; of plain objects the name says more than the shape: `Object carts`. */
function stepWords(heap: Heap, node: number): string {
  const words = objectWords(heap, node);
  const name = heldAs(heap, node);
  if (name === '' || name === words) return words;
  return `${words.startsWith('Object {') ? 'Object' : words} ${name}`;
}

/** The name of the property or variable by which what is before it on its way holds it; empty where there is none. */
function heldAs({ graph, parents }: Heap, node: number): string {
  const holder = parents[node]!;
  const edge = holder < 0 ? -1 : tellingEdge(graph, holder, node);
  if (edge < 0) return '';
  const kind = edgeKind(graph.edges[edge]!);
  if (kind !== EdgeKind.property && kind !== EdgeKind.context) return '';
  return graph.strings.text(graph.edgeNames[edge]!);
}
