/** The loops of a text: where the body of each stands, and its first word (`for`, `while`, `do`). */
import type { Loops } from './scanner/scopes.ts';

export class LoopRanges {
  readonly #head: Int32Array;
  readonly #start: Int32Array;
  readonly #end: Int32Array;

  /** In the order in which they end: an inner one comes before the one around it. */
  constructor({ loopHead, loopStart, loopEnd }: Loops) {
    this.#head = loopHead.toArray();
    this.#start = loopStart.toArray();
    this.#end = loopEnd.toArray();
  }

  /** Where the innermost loop begins in whose body an offset lies; -1 where it lies in none. */
  headAround(offset: number): number {
    for (let loop = 0; loop < this.#head.length; loop++)
      if (this.#start[loop]! <= offset && this.#end[loop]! > offset) return this.#head[loop]!;
    return -1;
  }
}
