/** The bytes of a profile file, unpacked where they are packed, in chunks: it may be larger than a string can be. */
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { UserError } from '../contracts/user-error.ts';
import { HEAD_BYTES } from '../model/foreign/dialect.ts';

/** Takes bytes in chunks and makes a value of them; throws `UserError`s for what it cannot read. */
export interface ProfileReader<T> {
  push(chunk: Uint8Array): void;
  finish(): T;
}

const CHUNK_BYTES = 1 << 20;
const GZIP_MAGIC = Buffer.of(0x1f, 0x8b);

/** A packed file is opened whatever its size, as long as a byte of it does not become more than so many. */
const MOST_RATIO = 200;
/** Up to here any ratio will do: little is lost. */
const HARMLESS_BYTES = 1 << 28;

/** A file that is open: its first bytes may be looked at, then all of it is read once. */
export class ProfileStream {
  readonly #chunks: AsyncGenerator<Buffer>;

  private constructor(
    readonly file: string,
    /** The first `HEAD_BYTES`, or all if it is shorter. */
    readonly head: Buffer,
    chunks: AsyncGenerator<Buffer>,
  ) {
    this.#chunks = chunks;
  }

  /** Throws `file-not-readable`. */
  static async open(file: string): Promise<ProfileStream> {
    const chunks = unpacked(file);
    const head: Buffer[] = [];
    let length = 0;
    while (length < HEAD_BYTES) {
      const next = await explained(file, () => chunks.next());
      if (next.done) break;
      head.push(next.value);
      length += next.value.length;
    }
    return new ProfileStream(file, Buffer.concat(head), chunks);
  }

  /** Throws `file-not-readable`, `profile-bomb` and what the reader throws. */
  async read<T>(reader: ProfileReader<T>): Promise<T> {
    return explained(this.file, async () => {
      reader.push(this.head);
      for await (const chunk of this.#chunks) reader.push(chunk);
      return reader.finish();
    });
  }

  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }
}

/** Only a regular file has the same bytes when it is read again. */
export async function isReadableAgain(file: string): Promise<boolean> {
  return (await fs.stat(file)).isFile();
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const bytes = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const source = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    const first = await source.next();
    if (first.done) return;
    const all = joined(first.value, source);
    if (first.value.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC)) yield* inflated(file, all);
    else yield* all;
  } finally {
    bytes.destroy();
  }
}

async function* joined(first: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
}

/** All members of a gzip file. One that is cut off ends where it ends: what it holds says itself whether it is whole. */
async function* inflated(file: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let packed = 0;
  let length = 0;
  const gunzip = zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH });
  const fed = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      packed += chunk.length;
      yield chunk;
    }
  };
  // What goes wrong is thrown by the loop.
  const feeding = pipeline(fed, gunzip).catch(() => undefined);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > HARMLESS_BYTES && length > MOST_RATIO * packed)
        throw new UserError('profile-bomb', { file: path.basename(file), ratio: MOST_RATIO });
      yield chunk;
    }
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

async function explained<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('file-not-readable', { file, reason: (error as Error).message }, error);
  }
}
