import { PairTable } from './pair-table.ts';
import type { Frame } from './profile.ts';

/** Frames of several profiles, each distinct one once, numbered in the order in which they are first met. */
export class FrameSet {
  readonly frames: Frame[] = [];
  readonly #texts = new TextNumbers();
  readonly #names = new PairTable();
  readonly #places = new PairTable();
  readonly #lines = new PairTable();
  /** (name and place, column): what makes a frame. */
  readonly #keys = new PairTable();
  /** By key: index of the frame. */
  readonly #frameOfKey: number[] = [];

  /** Indices of the frames of one profile, which are distinct already: the first profile costs nothing. */
  internAll(frames: readonly Frame[]): Int32Array {
    const isFirst = this.frames.length === 0;
    if (!isFirst) this.#indexNew();
    return Int32Array.from(frames, frame => (isFirst ? this.frames.push(frame) - 1 : this.#intern(frame)));
  }

  /** Enters the frames that were only listed. */
  #indexNew(): void {
    for (let index = this.#frameOfKey.length; index < this.frames.length; index++) {
      const key = this.#keyOf(this.frames[index]!);
      this.#frameOfKey[key] ??= index;
    }
  }

  #intern(frame: Frame): number {
    const key = this.#keyOf(frame);
    this.#frameOfKey[key] ??= this.frames.push(frame) - 1;
    return this.#frameOfKey[key]!;
  }

  #keyOf({ functionName, scriptId, url, line, column }: Frame): number {
    const texts = this.#texts;
    const name = this.#names.intern(texts.numberOf(functionName), texts.numberOf(url));
    const place = this.#places.intern(texts.numberOf(scriptId), line);
    return this.#keys.intern(this.#lines.intern(name, place), column);
  }
}

/** One dense number per distinct text. */
export class TextNumbers {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
