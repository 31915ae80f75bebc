import type { CallTree } from '../model/cpu/call-tree.ts';
import type { TimeSpan } from '../model/cpu/time-span.ts';
import type { CpuProfile } from '../model/cpu/profile.ts';
import { CallTreeBuilder, type TreeParts } from '../model/cpu/weigh.ts';

/** The samples of one thread: added up, and once more one by one where a part of them is wanted. */
export interface ThreadSamples {
  readonly tree: CallTree;
  readonly span: TimeSpan;
  readonly parts: TreeParts;
  /** Visits the segments that have time in a span, the earliest first, each with the part of it that counts. */
  readonly visit: (span: TimeSpan, visit: SegmentVisit) => Promise<void>;
}

type SegmentVisit = (segment: CpuProfile, part: TimeSpan) => void;

/** Of one profile, which stays in memory. */
export function profileSamples(profile: CpuProfile): ThreadSamples {
  const builder = new CallTreeBuilder();
  const counted = builder.add(profile);
  return {
    tree: builder.tree(),
    span: builder.span,
    parts: builder.parts(),
    visit: (span, visit) => {
      const part = commonSpan(counted, span);
      if (part) visit(profile, part);
      return Promise.resolve();
    },
  };
}

/** Undefined where two spans have no time in common. */
export function commonSpan(a: TimeSpan, b: TimeSpan): TimeSpan | undefined {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : undefined;
}

/** The tree of the time in a span: nodes and frames are those of the whole. */
export async function treeWithin(samples: ThreadSamples, span: TimeSpan): Promise<CallTree> {
  const part = samples.parts.begin();
  await samples.visit(span, (segment, counted) => part.add(segment, counted));
  return part.tree();
}
