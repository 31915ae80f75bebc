import { PairTable } from '../pair-table.ts';

/** What speaks for one function being inlined into another, by link: a pair (frame charged, function that burnt). */
export class Links {
  readonly #pairs = new PairTable();
  /** Microseconds on lines that of all functions below the frame only this one owns. */
  readonly alone: number[] = [];
  /** Exact stacks that end in the function and hold the frame. */
  readonly stacks: number[] = [];
  /** Frames behind the charged one, the function's last; empty for a function and itself. */
  readonly path: (readonly number[])[] = [];
  readonly #byFrame = new Map<number, number[]>();

  get count(): number {
    return this.#pairs.count;
  }

  /** `path` is kept from the first call. */
  intern(frame: number, burnt: number, path: () => readonly number[]): number {
    const link = this.#pairs.intern(frame, burnt);
    if (link < this.path.length) return link;
    this.alone.push(0);
    this.stacks.push(0);
    this.path.push(path());
    const links = this.#byFrame.get(frame);
    if (links) links.push(link);
    else this.#byFrame.set(frame, [link]);
    return link;
  }

  of(frame: number): readonly number[] {
    return this.#byFrame.get(frame) ?? NONE;
  }

  /** Undefined when nothing links the two. */
  between(frame: number, burnt: number): number | undefined {
    return this.of(frame).find(link => this.burnt(link) === burnt);
  }

  /** Whether the function burnt its own frame's time. */
  isSelf(link: number): boolean {
    return this.path[link]!.length === 0;
  }

  charged(link: number): number {
    return this.#pairs.first()[link]!;
  }

  burnt(link: number): number {
    return this.#pairs.second()[link]!;
  }
}

const NONE: readonly number[] = [];
