import type { CallTree } from '../cpu/call-tree.ts';
import type { StackUnit } from '../stacks/stack-profile.ts';

/**
 * A profile that another tool than V8 wrote. Its places are final: nothing leads from them to other sources, and
 * nothing is known that could repair its names. The trees hold microseconds or bytes; their `samples` are 0 where the
 * file does not say how many samples a weight stands for.
 */
export interface ForeignProfile {
  readonly unit: StackUnit;
  /** What the file calls what it weighs: `cpu`, `inuse_space`; '' where it has no name. Untrusted. */
  readonly valueName: string;
  /** At least one. Names are untrusted, '' where the file has none. */
  readonly tracks: readonly { readonly name: string; readonly tree: CallTree }[];
  /** What was wrong with the file but could be read around. */
  readonly problems: readonly ForeignProblem[];
}

export type ForeignProblem =
  | 'truncated'
  | 'negative weights'
  | 'weights that are no numbers'
  | 'unknown frames'
  | 'events in no order'
  | 'events that do not match'
  | 'samples without a weight'
  | 'damaged messages'
  /** Counted as 1 ms each. */
  | 'weights without a unit: shares are right, times are not';
