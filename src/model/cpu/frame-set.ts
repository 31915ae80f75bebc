import { PairTable } from './pair-table.ts';
import { type Frame, ROOT_FRAME } from './profile.ts';
import { TextNumbers } from './text-numbers.ts';

/** Distinct frames of several profiles, numbered in the order in which they are first met; 0 is `(root)`. */
export class FrameSet {
  readonly frames: Frame[] = [ROOT_FRAME];
  readonly #texts = new TextNumbers();
  readonly #names = new PairTable();
  readonly #places = new PairTable();
  readonly #lines = new PairTable();
  readonly #columns = new PairTable();
  /** By index in `#columns`, where each distinct frame has one: index of the frame. */
  readonly #found: number[] = [];

  /** Indices of the frames of one profile, which are distinct as it is: the first profile is not looked through. */
  internAll(frames: readonly Frame[]): Int32Array {
    if (this.frames.length === 1) return Int32Array.from(frames, frame => this.frames.push(frame) - 1);
    if (this.#found.length === 0) this.frames.forEach((frame, index) => this.#findOr(frame, index));
    return Int32Array.from(frames, frame => {
      const index = this.#findOr(frame, this.frames.length);
      if (index === this.frames.length) this.frames.push(frame);
      return index;
    });
  }

  /** Index of an equal frame; if there is none, this frame has index `next` from now on. */
  #findOr({ functionName, scriptId, url, line, column }: Frame, next: number): number {
    const texts = this.#texts;
    const name = this.#names.intern(texts.numberOf(functionName), texts.numberOf(url));
    const place = this.#places.intern(texts.numberOf(scriptId), line);
    const key = this.#columns.intern(this.#lines.intern(name, place), column);
    this.#found[key] ??= next;
    return this.#found[key];
  }
}
