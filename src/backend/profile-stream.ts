import fs from 'node:fs';
import zlib from 'node:zlib';
import { UserError } from '../contracts/user-error.ts';

/** Takes bytes in chunks and makes a value of them; throws `UserError`s for what it cannot read. */
export interface ProfileReader<T> {
  push(chunk: Uint8Array): void;
  finish(): T;
}

const CHUNK_BYTES = 1 << 20;

/** Reads a file in chunks (it may be larger than a string can be), unpacked if its name ends in `.gz`. Throws `file-not-readable` and what the reader throws. */
export async function readProfileFile<T>(file: string, reader: ProfileReader<T>): Promise<T> {
  const bytes = fs.createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const stream = file.endsWith('.gz') ? bytes.pipe(zlib.createGunzip()) : bytes;
  bytes.on('error', error => stream.destroy(error));
  try {
    for await (const chunk of stream) reader.push(chunk as Buffer);
    return reader.finish();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('file-not-readable', { file, reason: (error as Error).message }, error);
  }
}
