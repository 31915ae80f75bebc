import { biggestObjects } from '../../analysis/heap/biggest-objects.ts';
import { classRows, objectRow, placeInFile, type ScriptFiles } from '../../analysis/heap/document-rows.ts';
import { pathSteps } from '../../analysis/heap/path-steps.ts';
import type { HeapDocument, HeapObject } from '../../contracts/heap-document.ts';
import type { Heap } from '../../model/heap/heap.ts';

const MOST_CLASSES = 100;
const MOST_OBJECTS = 30;

/** A heap as the document of `analyze`. */
export function heapDocument(heap: Heap, files: ScriptFiles, name: string): HeapDocument {
  const { graph, retained } = heap;
  return {
    ...{ version: 1, kind: 'heap', name },
    objectCount: graph.nodeCount,
    referenceCount: graph.edgeCount,
    totalBytes: retained[0]!,
    extraNativeBytes: graph.extraNativeBytes,
    detachedCount: graph.detached.length,
    classes: classRows(heap, files, MOST_CLASSES),
    objects: biggestObjects(heap, MOST_OBJECTS).map(node => heapObject(heap, files, node)),
  };
}

function heapObject(heap: Heap, files: ScriptFiles, node: number): HeapObject {
  const { steps, omitted } = pathSteps(heap, node);
  const { place } = heap.classes.classes[heap.classes.ofNodes[node]!]!;
  return {
    ...objectRow(heap, node),
    ...placeInFile(heap, files, place),
    retainerPath: steps,
    ...(omitted > 0 ? { omittedSteps: omitted } : {}),
  };
}
