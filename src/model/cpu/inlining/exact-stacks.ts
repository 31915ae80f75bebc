import type { FrameBodies, ScriptName } from './frame-bodies.ts';

/** A stack with its inlined functions, and how often it was met; places are 1-based. Innermost first. */
export interface ExactStack {
  readonly count: number;
  /** Undefined where the script is not known. */
  readonly frames: readonly (Place | undefined)[];
}

interface Place {
  readonly script: ScriptName;
  readonly line: number;
  readonly column: number;
}

/** An exact stack as frames of the tree, innermost first; recursion once. */
export interface LocatedStack {
  readonly count: number;
  readonly frames: readonly number[];
}

/** V8 inlines to a limited size; deeper chains have not been seen (five levels find all that ten find, TypeScript). */
export const DEEPEST = 6;

export const countOf = (stacks: readonly LocatedStack[]): number =>
  stacks.reduce((sum, stack) => sum + stack.count, 0);

/** Equal stacks become one. Those whose innermost function is unknown are left out. */
export function locateStacks(stacks: readonly ExactStack[], bodies: FrameBodies): LocatedStack[] {
  const located = new Map<string, { count: number; frames: number[] }>();
  for (const stack of stacks) {
    const frames = framesOf(stack, bodies);
    if (frames.length === 0) continue;
    const key = frames.join(' ');
    const known = located.get(key);
    if (known) known.count += stack.count;
    else located.set(key, { count: stack.count, frames });
  }
  return [...located.values()];
}

function framesOf({ frames: places }: ExactStack, bodies: FrameBodies): number[] {
  const frames: number[] = [];
  for (const place of places.slice(0, DEEPEST + 1)) {
    const frame = place ? bodies.frameAt(place.script, place.line, place.column) : -1;
    if (frame === -1 || frames.includes(frame)) break;
    frames.push(frame);
  }
  return frames;
}
