/** What one thread has told of objects that are still held. */
import type { Placement } from '../../model/source/placement.ts';
import { suspicions, type HeldTurn, type Suspicion } from './suspicion.ts';

/** A function in the sources; 1-based, 0 where V8 gave none. */
export type PlacedFrame = ReturnType<Placement['functionAt']>;

export interface HeldThread {
  /** Oldest first. */
  readonly turns: readonly HeldTurn[];
  /** By site: from the function that allocates outward. */
  readonly stacks: ReadonlyMap<string, readonly PlacedFrame[]>;
  /** Bytes that were held at the last look, by site. */
  readonly held: ReadonlyMap<string, number>;
}

export interface PlacedSuspicion extends Suspicion {
  readonly stack: readonly PlacedFrame[];
}

/** Of the newest turn that can be judged: a new one tells nothing for a while. */
export function suspicionsOf({ turns, stacks }: HeldThread): PlacedSuspicion[] {
  for (const turn of turns.toReversed()) {
    const found = suspicions(turn);
    if (found) return found.map(each => ({ ...each, stack: stacks.get(each.site) ?? [] }));
  }
  return [];
}
