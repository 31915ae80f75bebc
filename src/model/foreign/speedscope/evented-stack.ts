import type { TreeBuilder } from '../tree-builder.ts';
import type { ForeignProblem } from '../foreign-profile.ts';

/**
 * Events of one profile as a call tree: what lies between two of them belongs to the innermost open frame. Time in
 * which none is open belongs to nobody. What does not match is repaired: a frame that is closed closes all that were
 * opened in it, one that is not open is not closed.
 */
export class EventedStack {
  readonly #builder: TreeBuilder;
  readonly #problems: Set<ForeignProblem>;
  /** Open nodes, the root first. */
  readonly #open = [0];
  /** How often each frame is open. */
  readonly #times = new Map<number, number>();
  #at = Number.NaN;

  constructor(builder: TreeBuilder, problems: Set<ForeignProblem>) {
    this.#builder = builder;
    this.#problems = problems;
  }

  open(frame: number, at: number): void {
    this.#goTo(at);
    this.#open.push(this.#builder.child(this.#open.at(-1)!, frame));
    this.#times.set(frame, (this.#times.get(frame) ?? 0) + 1);
  }

  close(frame: number, at: number): void {
    this.#goTo(at);
    const times = this.#times.get(frame) ?? 0;
    if (times === 0) return this.#mismatch();
    if (this.#builder.frameOf(this.#open.at(-1)!) !== frame) this.#mismatch();
    while (this.#leave() !== frame);
  }

  /** `end` is where the profile says that it ends. */
  finish(end: number): void {
    if (this.#open.length === 1) return;
    this.#mismatch();
    if (end > this.#at) this.#goTo(end);
  }

  #leave(): number {
    const frame = this.#builder.frameOf(this.#open.pop()!);
    this.#times.set(frame, this.#times.get(frame)! - 1);
    return frame;
  }

  #goTo(at: number): void {
    if (Number.isNaN(at)) {
      this.#problems.add('weights that are no numbers');
      return;
    }
    const node = this.#open.at(-1)!;
    if (at < this.#at) this.#problems.add('events in no order');
    else if (node > 0 && !Number.isNaN(this.#at)) this.#builder.add(node, at - this.#at, 0);
    if (!(at < this.#at)) this.#at = at;
  }

  #mismatch(): void {
    this.#problems.add('events that do not match');
  }
}
