/** The classes of a heap in the order and with the filter that somebody wants to see. */
import type { HeapGroup, HeapOrder } from '../../contracts/heap-rows.ts';
import type { HeapClass } from '../../model/heap/classes.ts';
import type { Heap } from '../../model/heap/heap.ts';
import { placeOfClass, type HeapFiles } from './heap-places.ts';

type ClassGroup = Extract<HeapGroup, { readonly kind: 'classes' }>;
type Compare = (one: HeapClass, other: HeapClass) => number;

const COMPARE: Readonly<Record<HeapOrder, Compare>> = {
  name: (one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0),
  count: (one, other) => one.count - other.count,
  selfBytes: (one, other) => one.selfBytes - other.selfBytes,
  retainedBytes: (one, other) => one.retainedBytes - other.retainedBytes,
};

/** Numbers of classes. V8's own roots, which retain everything, are none of them. Of equal ones the first met come first. */
export function sortedClasses(
  heap: Heap,
  files: HeapFiles,
  { order, isAscending, filter }: ClassGroup,
): number[] {
  const { classes } = heap.classes;
  const wanted = filter.trim().toLowerCase();
  const isWanted = (index: number): boolean => {
    if (wanted === '' || classes[index]!.name.toLowerCase().includes(wanted)) return true;
    const { place } = placeOfClass(heap, files, index);
    return place !== undefined && place.file.toLowerCase().includes(wanted);
  };
  const shown = [...classes.keys()].filter(index => classes[index]!.kind !== 'synthetic' && isWanted(index));
  const compare = COMPARE[order];
  const sign = isAscending ? 1 : -1;
  return shown.sort((one, other) => sign * compare(classes[one]!, classes[other]!) || one - other);
}
