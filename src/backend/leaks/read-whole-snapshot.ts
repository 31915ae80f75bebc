import fs from 'node:fs/promises';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { mostHeapBytes } from '../heap/memory-limit.ts';
import { readSnapshot } from '../heap/read-snapshot.ts';

/** Blocks for as long as reading takes. Throws `file-not-readable`, and what the reader throws. */
export async function readWholeSnapshot(file: string): Promise<{ graph: HeapGraph; fileBytes: number }> {
  const graph = await readSnapshot(file, { mostBytes: mostHeapBytes(), onShare: () => undefined });
  return { graph, fileBytes: (await fs.stat(file)).size };
}
