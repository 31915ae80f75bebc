/**
 * The call tree of one thread, time-weighted: what all segments of the thread add up to.
 *
 *   nodes      0 … nodeCount-1, parents before their children; node 0 is the root
 *   parent     index of the parent, -1 for the root
 *   frame      index into `frames`
 *   self       microseconds spent in the node itself
 *   line*      rows (node, line, microseconds), grouped by node ascending, lines ascending within a node:
 *              how a node's self time spreads over the lines of its script. Their sum per node is ≤ self;
 *              the rest has no line.
 */
import type { Frame } from './profile.ts';

export interface CallTree {
  readonly frames: readonly Frame[];
  readonly nodeCount: number;
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  readonly self: Float64Array;
  /** Samples that ended in the node: the evidence behind `self`. */
  readonly samples: Float64Array;
  readonly lineNode: Int32Array;
  /** 1-based line of the generated script. */
  readonly lineNumber: Int32Array;
  readonly lineMicroseconds: Float64Array;
}
