import { UserError } from '../../../contracts/user-error.ts';
import { DamagedMessage, ProtobufMessage } from './protobuf-message.ts';

/** The longest field that is kept in memory: a text or a sample of this size is no real one. */
const LONGEST_FIELD = 1 << 26;

export interface FieldReader {
  /** Numbers of the fields that are read; others are skipped without being kept. */
  readonly wanted: ReadonlySet<number>;
  /** `message` stands behind the tag of a field that is all there; it may throw `DamagedMessage`. */
  readonly read: (message: ProtobufMessage) => void;
  /** A field that could not be read was left out. */
  readonly onDamage: () => void;
}

/** The fields of one large message that arrives in chunks, cut anywhere. */
export class FieldStream {
  readonly #reader: FieldReader;
  #kept: Uint8Array[] = [];
  #keptLength = 0;
  /** With so many bytes it goes on. */
  #needed = 1;
  /** Bytes of an unwanted field that have not arrived. */
  #skipped = 0;
  /** Of the first kept byte. */
  #offset = 0;

  constructor(reader: FieldReader) {
    this.#reader = reader;
  }

  /** Whether the last field is complete. */
  get isComplete(): boolean {
    return this.#keptLength === 0 && this.#skipped === 0;
  }

  /** Throws `profile-not-readable`. */
  push(chunk: Uint8Array): void {
    const skipped = Math.min(this.#skipped, chunk.length);
    this.#skipped -= skipped;
    this.#offset += skipped;
    this.#keep(chunk.subarray(skipped));
    if (this.#keptLength < this.#needed) return;
    const bytes = joined(this.#kept, this.#keptLength);
    this.#kept = [];
    this.#keptLength = 0;
    const read = this.#readFields(bytes);
    this.#offset += read;
    // A copy: behind a view all of the chunk would stay in memory.
    this.#keep(bytes.slice(read));
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#kept.push(bytes);
    this.#keptLength += bytes.length;
  }

  /** Answers how many bytes are done with. */
  #readFields(bytes: Uint8Array): number {
    const message = new ProtobufMessage(bytes);
    this.#needed = 1;
    let start = 0;
    while (start < bytes.length) {
      const end = this.#endOfField(message, start);
      const isWanted = this.#reader.wanted.has(message.field);
      if (end > bytes.length && isWanted) {
        if (end - start > LONGEST_FIELD) throw notReadable(`a field of it has ${end - start} bytes`);
        this.#needed = end - start;
        return start;
      }
      if (isWanted) this.#read(bytes, start, end);
      start = end;
    }
    this.#skipped = start - bytes.length;
    return bytes.length;
  }

  /** What is too short to tell ends behind all that is there. */
  #endOfField(message: ProtobufMessage, start: number): number {
    message.at = start;
    try {
      message.next();
      if (message.isDelimited) {
        const length = message.number();
        if (length >= 0) return message.at + length;
      } else {
        message.skip();
        return message.at;
      }
    } catch (error) {
      if (!(error instanceof DamagedMessage)) throw error;
      if (error.isStarved) return this.#starved(message);
    }
    throw notReadable(`byte ${this.#offset + start} begins no field of a protocol buffer`);
  }

  /** The head of a field is kept whatever it is. */
  #starved(message: ProtobufMessage): number {
    message.field = this.#reader.wanted.values().next().value ?? 0;
    return message.end + 1;
  }

  #read(bytes: Uint8Array, start: number, end: number): void {
    const message = new ProtobufMessage(bytes, start, end);
    try {
      message.next();
      this.#reader.read(message);
    } catch (error) {
      if (!(error instanceof DamagedMessage)) throw error;
      this.#reader.onDamage();
    }
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

const notReadable = (reason: string): UserError => new UserError('profile-not-readable', { reason });
