/** The use case behind `analyze x.heapsnapshot`. */
import path from 'node:path';
import type { HeapDocument } from '../../contracts/heap-document.ts';
import { heapReport } from '../../present/heap/heap-report.ts';
import { isHeapSnapshot } from '../../model/foreign/dialect.ts';
import { Places } from '../../present/places.ts';
import { ProfileStream } from '../profile-stream.ts';
import { isReadableAgain } from '../profile-stream.ts';
import { OpenedHeap, type OpenHeapOptions } from './opened-heap.ts';

/** Told from its first bytes; a pipe, which can be read only once, is none. */
export async function isHeapSnapshotFile(file: string): Promise<boolean> {
  // What cannot be opened is refused by who opens it.
  if (!(await isReadableAgain(file).catch(() => false))) return false;
  const stream = await ProfileStream.open(file);
  try {
    return isHeapSnapshot(stream.head);
  } finally {
    await stream.close();
  }
}

/** Throws as `OpenedHeap.open`. */
export async function analyzeHeap(file: string, options: OpenHeapOptions): Promise<HeapDocument> {
  const heap = await OpenedHeap.open(file, options);
  try {
    return await heap.ask('document', { name: path.basename(file) });
  } finally {
    await heap.close();
  }
}

/** In words; `folder` is what files are shown relative to. */
export const renderHeap = (document: HeapDocument, folder: string): string =>
  heapReport(document, new Places(folder));
