/** A snapshot that is read while it is written. */
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../contracts/user-error.ts';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { HeapSnapshotReader } from '../../model/heap/reader.ts';

const CHUNK_BYTES = 1 << 20;
/** V8 writes pieces of 100 KB to 1 MB, after it has walked the heap for some time. */
const LOOK_AGAIN_MILLISECONDS = 20;

export interface GrowingOptions {
  readonly mostBytes: number;
  /** Nothing more will come. */
  readonly isWritten: () => boolean;
}

/** Throws `file-not-readable` and what the reader throws: also for a file that is left unfinished. */
export async function readGrowingSnapshot(
  file: string,
  { mostBytes, isWritten }: GrowingOptions,
): Promise<HeapGraph> {
  const handle = await opened(file, isWritten);
  try {
    const reader = new HeapSnapshotReader({ mostBytes });
    const chunk = new Uint8Array(CHUNK_BYTES);
    while (!reader.isWhole) {
      // Asked before reading: what was written until then is read.
      const isLast = isWritten();
      const { bytesRead } = await handle.read(chunk, 0, chunk.length);
      if (bytesRead > 0) reader.push(chunk.subarray(0, bytesRead));
      else if (isLast) break;
      else await sleep(LOOK_AGAIN_MILLISECONDS);
    }
    return reader.finish();
  } finally {
    await handle.close();
  }
}

/** Waits for it to be there. */
async function opened(file: string, isWritten: () => boolean): Promise<fs.FileHandle> {
  for (;;) {
    const isLast = isWritten();
    try {
      return await fs.open(file, 'r');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' || isLast)
        throw new UserError('file-not-readable', { file, reason: message }, error);
    }
    await sleep(LOOK_AGAIN_MILLISECONDS);
  }
}
