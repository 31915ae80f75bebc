/** One sampled thread, ready for analysis: its repaired call tree and the way to its sources. */
import type { RepairSummary } from '../contracts/document.ts';
import type { OverheadRecord, StackRecord, ThreadRecord } from '../contracts/recording.ts';
import type { CallTree } from '../model/cpu/call-tree.ts';
import type { ExactStack } from '../model/cpu/inlining/exact-stacks.ts';
import type { TimeSpan } from '../model/cpu/weigh.ts';
import { repairInlining } from '../model/cpu/inlining/repair.ts';
import { fileOf } from '../model/source/source-url.ts';
import type { Placement } from '../model/source/placement.ts';
import { scriptPlacement } from '../model/source/script-placement.ts';
import type { ThreadScript } from './shared-sources.ts';

export interface ThreadProfile {
  readonly tree: CallTree;
  readonly place: Placement;
  readonly repair: RepairSummary;
  readonly span: TimeSpan;
  /** Absent for a foreign profile. */
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

export interface UnrepairedThread {
  readonly tree: CallTree;
  readonly span: TimeSpan;
  readonly scripts: readonly ThreadScript[];
  /** Absent for a foreign profile. */
  readonly stacks?: readonly StackRecord[];
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

/** Repairs the tree once, here, so that every face agrees. */
export function placeThread({ tree, scripts, stacks = [], ...rest }: UnrepairedThread): ThreadProfile {
  const byKey = new Map(scripts.map(script => [key(script), script]));
  const { tree: repaired, summary } = repairInlining(
    tree,
    script => byKey.get(key(script))?.body,
    exactStacks(stacks, scripts),
  );
  return { tree: repaired, place: scriptPlacement(scripts), repair: summary, ...rest };
}

/** An exact stack names files, as V8's errors do; a profile names scripts. */
function exactStacks(records: readonly StackRecord[], scripts: readonly ThreadScript[]): ExactStack[] {
  const byFile = new Map(scripts.map(script => [fileOf(script.url), script]));
  const placed = ({ file, line, column }: StackRecord['frames'][number]) => {
    const script = byFile.get(fileOf(file));
    return script && { script, line, column };
  };
  return records.map(({ count, frames }) => ({ count, frames: frames.map(placed) }));
}

const key = ({ scriptId, url }: { scriptId: string; url: string }): string => `${scriptId} ${url}`;
