/**
 * Weighted stacks in terms of the original sources: what flamegraphs and the file formats of the field hold. Made from
 * repaired and placed call trees of any origin, so every picture and every exported file names the same functions.
 */

/** What `self` counts. */
export type StackUnit = 'microseconds' | 'bytes';

/** Whose function it is; `state` is none at all: (idle), (garbage collector), (program). */
export type StackKind = 'own' | 'package' | 'node' | 'native' | 'slowcatch' | 'state';

/** Untrusted texts. `file` is an absolute path or a URL, '' where there is none; lines 1-based, 0 where unknown. */
export interface StackFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly kind: StackKind;
}

/**
 * One thread.
 *
 *   nodes      0 … nodeCount-1, parents before their children; node 0 is the root, which is no function
 *   parent     index of the parent, -1 for the root
 *   function   index into the profile's `functions`, -1 for the root
 *   self       in the profile's unit, of the node itself
 *   samples    that ended in the node; may be fractions
 */
export interface StackTrack {
  /** `shop.js · pid 4711`, `worker rank.js · pid 4711 thread 1`. Untrusted. */
  readonly name: string;
  readonly nodeCount: number;
  readonly parent: Int32Array;
  readonly function: Int32Array;
  readonly self: Float64Array;
  readonly samples: Float64Array;
  /** Self by line of the node's own function, rows grouped by node ascending; empty where lines are not known. */
  readonly lineNode: Int32Array;
  readonly lineNumber: Int32Array;
  readonly lineSelf: Float64Array;
}

export interface StackProfile {
  /** Of the program or the file. Untrusted. */
  readonly name: string;
  readonly unit: StackUnit;
  readonly functions: readonly StackFunction[];
  readonly tracks: readonly StackTrack[];
}
