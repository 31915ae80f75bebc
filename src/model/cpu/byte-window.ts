/** Bytes behind the end that can be read: the NUL byte, and as many as a pattern has. */
const SLACK = 64;

/**
 * Bytes that arrive in chunks and are read in units.
 *
 *    bytes   … read │ current unit … │ not yet arrived …
 *                   mark      at     end (a NUL byte, which no token holds: loops need no bounds check)
 */
export class ByteWindow {
  bytes = new Uint8Array(1 << 12);
  /** The same bytes, to be read four at a time. */
  view = new DataView(this.bytes.buffer);
  at = 0;
  broken = false;
  protected mark = 0;
  protected end = 0;
  /** Bytes that have left the buffer. */
  private dropped = 0;

  constructor() {
    // V8 takes a field that is never set again for constant, and throws away the code that relies on it when it is.
    this.broken = true;
    this.rewind();
  }

  get starved(): boolean {
    return this.at >= this.end;
  }

  /** Bytes that have arrived since the mark. */
  get pending(): number {
    return this.end - this.mark;
  }

  /** Offset of `at` in the whole input. */
  get offset(): number {
    return this.dropped + this.at;
  }

  append(chunk: Uint8Array): void {
    if (this.end + chunk.length + SLACK > this.bytes.length) this.makeRoom(chunk.length);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.bytes[this.end] = 0;
  }

  private makeRoom(length: number): void {
    const kept = this.bytes.subarray(this.mark, this.end);
    const needed = kept.length + length + SLACK;
    const target = needed <= this.bytes.length ? this.bytes : new Uint8Array(2 * needed);
    target.set(kept);
    this.bytes = target;
    this.view = new DataView(target.buffer);
    this.dropped += this.mark;
    this.at -= this.mark;
    this.end -= this.mark;
    this.mark = 0;
  }

  /** The unit before `at` is read: it will not be asked for again. */
  commit(): void {
    this.mark = this.at;
  }

  /** Back to the last commit. */
  rewind(): void {
    this.at = this.mark;
    this.broken = false;
  }
}
