/** One sampled thread, ready for analysis: its repaired call tree and the way to its sources. */
import type { RepairSummary } from '../contracts/document.ts';
import type { OverheadSpan } from '../analysis/cpu/overhead.ts';
import type { RuntimeRecord, StackRecord, ThreadRecord } from '../contracts/recording.ts';
import type { CallTree } from '../model/cpu/call-tree.ts';
import { prunedTree } from '../model/cpu/pruned-tree.ts';
import type { ExactStack } from '../model/cpu/inlining/exact-stacks.ts';
import type { TimeSpan } from '../model/cpu/time-span.ts';
import { InliningRepair } from '../model/cpu/inlining/repair.ts';
import { fileOf } from '../model/source/source-url.ts';
import type { Placement } from '../model/source/placement.ts';
import { scriptPlacement } from '../model/source/script-placement.ts';
import type { ThreadScript } from './shared-sources.ts';
import { commonSpan, treeWithin, type ThreadSamples } from './thread-samples.ts';

export interface ThreadProfile {
  readonly tree: CallTree;
  readonly place: Placement;
  readonly repair: RepairSummary;
  readonly span: TimeSpan;
  /** Absent for a foreign profile. */
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadSpan;
  readonly records?: readonly RuntimeRecord[];
}

/** A thread from its start to its end, with what is needed to look at a part of it. */
export interface WholeThread extends ThreadProfile {
  readonly samples: ThreadSamples;
  /** Known from all samples, and right for each of them. */
  readonly inlining: InliningRepair;
}

interface UnrepairedThread {
  readonly samples: ThreadSamples;
  readonly scripts: readonly ThreadScript[];
  /** Absent for a foreign profile. */
  readonly stacks?: readonly StackRecord[];
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadSpan;
  readonly records?: readonly RuntimeRecord[];
}

/** Repairs the tree once, here, so that every face agrees. */
export function placeThread({ samples, scripts, stacks = [], ...rest }: UnrepairedThread): WholeThread {
  const byKey = new Map(scripts.map(script => [key(script), script]));
  const inlining = new InliningRepair(
    samples.tree,
    script => byKey.get(key(script))?.body,
    exactStacks(stacks, scripts),
  );
  const { tree, summary } = inlining.of(samples.tree);
  const { span } = samples;
  return { tree, place: scriptPlacement(scripts), repair: summary, span, samples, inlining, ...rest };
}

/** What a thread did in a span; undefined where it has no time there. What Slowcatch cost is not known of a part. */
export async function threadWithin(whole: WholeThread, within: TimeSpan): Promise<ThreadProfile | undefined> {
  const span = commonSpan(whole.span, within);
  if (!span) return undefined;
  const { tree, summary } = whole.inlining.of(await treeWithin(whole.samples, span));
  const { place, thread } = whole;
  return { tree: prunedTree(tree), place, repair: summary, span, ...(thread ? { thread } : {}) };
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
