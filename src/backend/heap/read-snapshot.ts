/** The bytes of a snapshot file, into its reader. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../contracts/user-error.ts';
import type { HeapGraph } from '../../model/heap/graph.ts';
import { HeapSnapshotReader } from '../../model/heap/reader.ts';
import { ProfileStream } from '../profile-stream.ts';

const CHUNK_BYTES = 1 << 18;
const GZIP_MAGIC = [0x1f, 0x8b];

export interface ReadOptions {
  readonly mostBytes: number;
  /** Of the file, 0 … 1. */
  readonly onShare: (share: number) => void;
}

/**
 * Packed by gzip or not. Blocks the thread for as long as reading takes: for a thread of its own. Throws
 * `file-not-readable` and what the reader throws.
 */
export async function readSnapshot(file: string, options: ReadOptions): Promise<HeapGraph> {
  const descriptor = explained(file, () => openSync(file, 'r'));
  let isPacked: boolean;
  try {
    const magic = new Uint8Array(2);
    explained(file, () => readSync(descriptor, magic, 0, 2, 0));
    isPacked = GZIP_MAGIC.every((byte, index) => magic[index] === byte);
    if (!isPacked) return readPlain(file, descriptor, options);
  } finally {
    closeSync(descriptor);
  }
  const stream = await ProfileStream.open(file);
  try {
    return await stream.read(new HeapSnapshotReader({ mostBytes: options.mostBytes }));
  } finally {
    await stream.close();
  }
}

function readPlain(file: string, descriptor: number, { mostBytes, onShare }: ReadOptions): HeapGraph {
  const stat = fstatSync(descriptor);
  // A pipe does not know how long it is.
  const totalBytes = stat.isFile() ? stat.size : undefined;
  const reader = new HeapSnapshotReader({ mostBytes, ...(totalBytes === undefined ? {} : { totalBytes }) });
  const chunk = new Uint8Array(CHUNK_BYTES);
  let read = 0;
  for (;;) {
    const length = explained(file, () =>
      readSync(descriptor, chunk, 0, chunk.length, totalBytes === undefined ? null : read),
    );
    if (length === 0) return reader.finish();
    reader.push(length === chunk.length ? chunk : chunk.subarray(0, length));
    read += length;
    if (totalBytes !== undefined) onShare(Math.min(1, read / totalBytes));
  }
}

function explained<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UserError('file-not-readable', { file, reason: (error as Error).message }, error);
  }
}
