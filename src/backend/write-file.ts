/** Writes a file that the user has named: whole, or not at all. */
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { UserError } from '../contracts/user-error.ts';

export type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Small pieces are collected up to this size: a stream costs more per piece than most pieces. */
const BATCH_BYTES = 1 << 16;

/**
 * Writes beside the file and then takes its place, so that nobody meets half of it. Devices and pipes are written
 * as they are. Throws `file-not-writable`.
 */
export async function writeFileWhole(file: string, chunks: Chunks, isPacked = false): Promise<void> {
  const target = await fs.realpath(file).catch(() => file);
  const part = (await isSpecial(target)) ? target : `${target}.${process.pid}.part`;
  try {
    const packing = isPacked ? [zlib.createGzip()] : [];
    const streams: [Readable, ...NodeJS.ReadWriteStream[], Writable] = [
      Readable.from(batched(chunks)),
      ...packing,
      createWriteStream(part),
    ];
    await pipeline(streams);
    if (part !== target) await fs.rename(part, target);
  } catch (error) {
    if (part !== target) await fs.rm(part, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(
      'file-not-writable',
      { file, reason: `${code}: ${message.split(',')[0] ?? ''}` },
      error,
    );
  }
}

async function isSpecial(file: string): Promise<boolean> {
  try {
    return !(await fs.stat(file)).isFile();
  } catch {
    // It does not exist, or may not be looked at: writing says which.
    return false;
  }
}

async function* batched(chunks: Chunks): AsyncGenerator<Buffer> {
  let texts: string[] = [];
  let length = 0;
  const flush = (): Buffer => {
    const bytes = Buffer.from(texts.join(''));
    texts = [];
    length = 0;
    return bytes;
  };
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') {
      texts.push(chunk);
      length += chunk.length;
      if (length >= BATCH_BYTES) yield flush();
      continue;
    }
    if (length > 0) yield flush();
    if (chunk.length > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  }
  if (length > 0) yield flush();
}
