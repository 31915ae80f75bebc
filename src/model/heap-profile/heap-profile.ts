/**
 * One V8 sampling heap profile: where objects were allocated, in bytes. V8 samples one object per so many bytes at
 * random and scales what it has met (unbiased), so small functions may be missing and sums are estimates.
 */
import type { CallTree } from '../cpu/call-tree.ts';

/** What was wrong with the input but could be read around. */
export type HeapProfileProblem = 'truncated' | 'bad-size' | 'unknown-sample-node';

export interface HeapProfile {
  /** `self` in bytes. No lines: V8 notes functions only, and a line of theirs would be a guess. */
  readonly tree: CallTree;
  /** Objects that the profile holds. */
  readonly sampleCount: number;
  /**
   * Objects that V8 has sampled, those that it dropped later too since they were collected: it numbers them. 0 where
   * the file does not say.
   */
  readonly sampledCount: number;
  readonly problems: readonly HeapProfileProblem[];
}

/**
 * `allocated`: nothing is missing, so it is all that was allocated. `live`: collected objects were left out, which is
 * what Node's `--heap-prof` and Chrome's allocation sampling do by themselves.
 */
export function metricOf({ sampleCount, sampledCount }: HeapProfile): 'allocated' | 'live' {
  return sampleCount > 0 && sampleCount >= sampledCount && sampledCount > 0 ? 'allocated' : 'live';
}
