/** Where functions and constructors of an analysed heap stand. */
import type { HeapPlace } from '../../contracts/heap-rows.ts';
import type { Heap } from '../../model/heap/heap.ts';

/** Of scripts, by V8's number of them. */
export interface HeapFile {
  /** A path of this machine where `canOpen`, else what V8 calls the script. */
  readonly file: string;
  readonly canOpen: boolean;
}

export type HeapFiles = ReadonlyMap<number, HeapFile>;

/** Of a class; nothing where V8 tells no place or its script has no name. */
export function placeOfClass(
  { graph, classes }: Heap,
  files: HeapFiles,
  index: number,
): { readonly place?: HeapPlace } {
  const { place } = classes.classes[index]!;
  if (place < 0) return {};
  const { scriptId, line, column } = graph.places.at(place);
  const file = files.get(scriptId);
  return file === undefined || file.file === '' ? {} : { place: { ...file, line, column } };
}

export const placeOfNode = (heap: Heap, files: HeapFiles, node: number): { readonly place?: HeapPlace } =>
  placeOfClass(heap, files, heap.classes.ofNodes[node]!);
