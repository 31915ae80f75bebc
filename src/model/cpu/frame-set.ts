import { PairTable } from './pair-table.ts';
import { type Frame, ROOT_FRAME } from './profile.ts';
import { TextNumbers } from './text-numbers.ts';

/** Distinct frames of several profiles, numbered in the order in which they are first met. */
export class FrameSet {
  readonly frames: Frame[] = [];
  readonly #texts = new TextNumbers();
  readonly #names = new PairTable();
  readonly #places = new PairTable();
  readonly #lines = new PairTable();
  /** Distinct frames have one index here: that of the frame. */
  readonly #columns = new PairTable();
  readonly root = this.intern(ROOT_FRAME);

  internAll(frames: readonly Frame[]): Int32Array {
    return Int32Array.from(frames, frame => this.intern(frame));
  }

  intern(frame: Frame): number {
    const { functionName, scriptId, url, line, column } = frame;
    const texts = this.#texts;
    const name = this.#names.intern(texts.numberOf(functionName), texts.numberOf(url));
    const place = this.#places.intern(texts.numberOf(scriptId), line);
    const index = this.#columns.intern(this.#lines.intern(name, place), column);
    if (index === this.frames.length) this.frames.push(frame);
    return index;
  }
}
