import type { StackFunction } from './stack-profile.ts';

/**
 * What one thread did in a range, in the order of time: the range is cut into stretches, each with the stack that held
 * most of it. What ran for less than a bucket may have no stretch of its own.
 *
 *   nodes      0 … nodeCount-1, parents before their children; node 0 is the root, which is no function
 *   parent     index of the parent, -1 for the root
 *   function   index into `functions`, -1 for the root
 *   stack      by stretch: the node that ran; its path to the root is the stack. 0: the thread did not exist, or nobody
 *              knows. `(idle)`, `(garbage collector)` … are functions of kind `state`
 *   duration   by stretch, microseconds; neighbours have different stacks. They add up to the range
 */
export interface TimeOrderedTrack {
  /** Of the thread, as `StackTrack.name`. Untrusted. */
  readonly name: string;
  readonly nodeCount: number;
  readonly parent: Int32Array;
  readonly function: Int32Array;
  readonly stack: Int32Array;
  readonly duration: Float64Array;
  /** Time of samples whose innermost function is the likeliest of several: V8 tells lines by segment, not by sample. */
  readonly estimatedMicroseconds: number;
}

/** The threads that have time in one range, over one list of functions. */
export interface TimeOrderedStacks {
  /** Of the program or the file. Untrusted. */
  readonly name: string;
  /** Where all tracks begin: microseconds since the recording's start. */
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  /** Length of a bucket. */
  readonly bucketMicroseconds: number;
  readonly functions: readonly StackFunction[];
  readonly tracks: readonly TimeOrderedTrack[];
}
