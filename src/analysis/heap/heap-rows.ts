/** Rows of the class table and of the dominator tree, of heaps of any size: only what is asked for gets words. */
import type { HeapGroup, HeapRow, HeapRows } from '../../contracts/heap-rows.ts';
import { idOf, selfSizeOf } from '../../model/heap/graph.ts';
import { retainedOf, type Heap } from '../../model/heap/heap.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { sortedClasses } from './class-order.ts';
import { placeOfClass, placeOfNode, type HeapFiles } from './heap-places.ts';
import { heldNames } from './held-names.ts';
import { largest } from './largest.ts';
import { kindOf } from './node-roles.ts';
import { closureWords, objectWords } from './object-words.ts';

/** The first rows of a group by number: so far it is sorted. */
interface Sorted {
  readonly numbers: readonly number[];
  readonly total: number;
}

/** More groups than anyone goes back and forth between. */
const MOST_GROUPS = 16;
const FIRST_ROWS = 1000;

/** Answers pages of groups. What was sorted is kept: the next page of a group of millions costs nothing. */
export class HeapRowPages {
  readonly #heap: Heap;
  readonly #files: HeapFiles;
  /** By group; the one that was asked for last is the last. */
  readonly #sorted = new Map<string, Sorted>();

  constructor(heap: Heap, files: HeapFiles) {
    this.#heap = heap;
    this.#files = files;
  }

  page(group: HeapGroup, { from, count }: { readonly from: number; readonly count: number }): HeapRows {
    const { numbers, total } = this.#first(group, from + count);
    return { rows: this.#rows(group, numbers.slice(from, from + count)), total };
  }

  #first(group: HeapGroup, count: number): Sorted {
    const key = JSON.stringify(group);
    const known = this.#sorted.get(key);
    const isEnough = known && (known.numbers.length >= count || known.numbers.length === known.total);
    const sorted = isEnough ? known : this.#sort(group, Math.max(FIRST_ROWS, 2 * count));
    this.#sorted.delete(key);
    this.#sorted.set(key, sorted);
    for (const old of [...this.#sorted.keys()].slice(0, -MOST_GROUPS)) this.#sorted.delete(old);
    return sorted;
  }

  #sort(group: HeapGroup, count: number): Sorted {
    if (group.kind === 'class') return objectsOf(this.#heap, group.class, group.order, count);
    if (group.kind === 'dominated') return dominatedBy(this.#heap, group.node, count);
    const numbers = sortedClasses(this.#heap, this.#files, group);
    return { numbers, total: numbers.length };
  }

  #rows(group: HeapGroup, numbers: readonly number[]): HeapRow[] {
    const [heap, files] = [this.#heap, this.#files];
    if (group.kind === 'classes') return numbers.map(index => classRow(heap, files, index));
    const names = group.kind === 'dominated' ? heldNames(heap, group.node, numbers) : undefined;
    return numbers.map(node => {
      const heldAs = names?.get(node);
      return { ...objectRow(heap, files, node), ...(heldAs === undefined ? {} : { heldAs }) };
    });
  }
}

export function classRow(heap: Heap, files: HeapFiles, index: number): HeapRow {
  const { name, kind, count, selfBytes, retainedBytes } = heap.classes.classes[index]!;
  return {
    ...{ kind: 'class', number: index, count, selfBytes, retainedBytes },
    name: kind === 'closure' ? closureWords(name) : name,
    hasBelow: true,
    ...placeOfClass(heap, files, index),
  };
}

export function objectRow(heap: Heap, files: HeapFiles, node: number): HeapRow {
  const selfBytes = selfSizeOf(heap.graph, node);
  const retainedBytes = retainedOf(heap, node);
  return {
    ...{ kind: 'object', number: node, name: objectWords(heap, node), id: idOf(heap.graph, node) },
    ...{ selfBytes, retainedBytes },
    // What it dominates would have sizes of its own.
    hasBelow: retainedBytes > selfBytes,
    // The place of an object is its class's: said there once.
    ...(kindOf(heap.graph, node) === NodeKind.closure ? placeOfNode(heap, files, node) : {}),
  };
}

function objectsOf(heap: Heap, wanted: number, order: 'selfBytes' | 'retainedBytes', count: number): Sorted {
  const { classes, graph, numbers, retained } = heap;
  const { ofNodes } = classes;
  const isOfClass = (node: number): boolean => ofNodes[node] === wanted;
  const sizeOf = (node: number): number =>
    order === 'selfBytes' ? selfSizeOf(graph, node) : retained[numbers[node]!]!;
  const nodes = largest(graph.nodeCount, count, node => (isOfClass(node) ? sizeOf(node) : -1));
  return { numbers: nodes.filter(isOfClass), total: classes.classes[wanted]?.count ?? 0 };
}

function dominatedBy({ numbers, dominators, retained, order }: Heap, node: number, count: number): Sorted {
  const above = numbers[node] ?? -1;
  // The root dominates itself.
  const isBelow = (number: number): boolean => dominators[number] === above && number !== 0;
  let total = 0;
  const found = largest(order.length, count, number => {
    if (!isBelow(number)) return -1;
    total++;
    return retained[number]!;
  });
  return { numbers: found.filter(isBelow).map(number => order[number]!), total };
}
