/** One sampled thread, ready for analysis: its repaired call tree and the way to its sources. */
import type { RepairSummary } from '../contracts/document.ts';
import type { OverheadRecord, ThreadRecord } from '../contracts/recording.ts';
import type { CallTree } from '../model/cpu/call-tree.ts';
import { repairInlining } from '../model/cpu/inlining/repair.ts';
import type { Placement } from '../model/source/placement.ts';
import { scriptPlacement } from '../model/source/script-placement.ts';
import type { ThreadScript } from './shared-sources.ts';

export interface ThreadProfile {
  readonly tree: CallTree;
  readonly place: Placement;
  readonly repair: RepairSummary;
  /** Absent for a foreign profile. */
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

export interface UnrepairedThread {
  readonly tree: CallTree;
  readonly scripts: readonly ThreadScript[];
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

/** Repairs the tree once, here, so that every face agrees. */
export function placeThread({ tree, scripts, ...rest }: UnrepairedThread): ThreadProfile {
  const byKey = new Map(scripts.map(script => [key(script), script]));
  const { tree: repaired, summary } = repairInlining(tree, frame => byKey.get(key(frame))?.body);
  return { tree: repaired, place: scriptPlacement(scripts), repair: summary, ...rest };
}

const key = ({ scriptId, url }: { scriptId: string; url: string }): string => `${scriptId} ${url}`;
