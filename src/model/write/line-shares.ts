import type { StackTrack } from '../stacks/stack-profile.ts';

/** The rows of lines by node: those of `node` are `start[node]` … `start[node + 1]`-1. */
export function lineRows({ nodeCount, lineNode }: StackTrack): Int32Array {
  const start = new Int32Array(nodeCount + 1);
  for (const node of lineNode) start[node + 1]!++;
  for (let node = 0; node < nodeCount; node++) start[node + 1]! += start[node]!;
  return start;
}

/** Whole numbers whose sum is that of the numbers they stand for, as near as whole numbers can be. */
export class WholeNumbers {
  #rest = 0;

  of(value: number): number {
    const exact = value + this.#rest;
    const whole = Math.max(0, Math.round(exact));
    this.#rest = exact - whole;
    return whole;
  }
}
