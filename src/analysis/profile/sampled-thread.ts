import type { CallTree } from '../../model/cpu/call-tree.ts';
import type { Placement } from '../../model/source/placement.ts';

/** One thread to analyse; several, of several processes, add up. */
export interface SampledThread {
  readonly tree: CallTree;
  readonly place: Placement;
  /** Path of Slowcatch's agent in that process: its cost is counted apart. */
  readonly agent?: string;
}
