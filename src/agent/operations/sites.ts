import type { TakenStack } from './program-stack.ts';

const MOST_SITES = 5000;
/** What goes on after less did not wait: the promise was settled already. */
const SHORTEST_MICROSECONDS = 100;

/** Where an operation has waited, or still does. CLOCK_MONOTONIC. */
export interface Site {
  readonly from: number;
  to: number | undefined;
  readonly stack: TakenStack | undefined;
  /** Who asked for a callback; else an `await`. */
  readonly isCallback: boolean;
  /** It goes on in its caller's context, and is its operation's all the same: the first `await` of a watched call. */
  readonly isEarly: boolean;
}

/** What is known of the waits of one armed operation. */
export class Sites {
  readonly list: Site[] = [];
  dropped = 0;

  /** Makes room where it can; else one more is counted as dropped. */
  hasRoom(): boolean {
    const { list } = this;
    if (list.length < MOST_SITES) return true;
    const kept = list.filter(hasWaited);
    if (kept.length > MOST_SITES / 2) {
      this.dropped++;
      return false;
    }
    list.splice(0, list.length, ...kept);
    return true;
  }
}

export const hasWaited = ({ from, to }: Site): boolean =>
  to === undefined || to - from >= SHORTEST_MICROSECONDS;
