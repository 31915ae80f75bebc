/**
 * One V8 CPU profile (one segment of a recording, or a foreign `.cpuprofile`) as typed columns.
 * Lines and columns are 1-based here and everywhere after: the reader has normalised them.
 */
import type { Microseconds } from '../../contracts/units.ts';
import type { TimeSpan } from './time-span.ts';

/** A function as V8 names it. Frames are interned: one object per distinct call frame of a profile. */
export interface Frame {
  /** V8's name, untrusted text; '' for anonymous functions; '(root)', '(program)', '(idle)', '(garbage collector)'. */
  readonly functionName: string;
  readonly scriptId: string;
  /** `file:///…`, `node:…`, an absolute path, or ''. */
  readonly url: string;
  /** 1-based start of the function's parameters; 0 where V8 gave none. */
  readonly line: number;
  readonly column: number;
}

/** The frame at the root of every call tree. */
export const ROOT_FRAME: Frame = { functionName: '(root)', scriptId: '0', url: '', line: 0, column: 0 };

/** Our own state, beside those of V8: time in which a starved sampler saw nothing. */
export const NOT_SAMPLED_FRAME: Frame = { ...ROOT_FRAME, functionName: '(not sampled)' };

/** What was wrong with the input but could be read around. `deltas-missing`: times are (partly) estimated or cut off. */
export type ProfileProblem =
  | 'truncated'
  | 'negative-deltas'
  | 'unknown-sample-node'
  | 'unknown-child'
  | 'cycle'
  | 'several-parents'
  | 'several-roots'
  | 'deltas-missing';

/**
 *   nodes     0 … nodeCount-1, parents before their children; node 0 is the root
 *   parent    index of the parent, -1 for the root
 *   frame     index into `frames`
 *   tick*     rows of positionTicks, grouped by node in ascending order: node, 1-based line, ticks;
 *             lines ascending within a node, each once
 *   sample*   sorted by time; sampleNode is a node index, 0 (the root) for samples of an unknown node.
 *             startTime ≤ every sample ≤ endTime
 *   kept      ascending and apart: the profile tells of no other time (see `KEPT_KEY`); undefined: it tells of all
 */
export interface CpuProfile {
  readonly frames: readonly Frame[];
  readonly nodeCount: number;
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  readonly tickNode: Int32Array;
  readonly tickLine: Int32Array;
  readonly tickCount: Int32Array;
  readonly sampleNode: Int32Array;
  readonly sampleTime: Float64Array;
  readonly startTime: Microseconds;
  readonly endTime: Microseconds;
  readonly kept?: readonly TimeSpan[];
  readonly problems: readonly ProfileProblem[];
}
