/** The operations of one thread, with what its samples say of them. */
import path from 'node:path';
import type { OperationRecord } from '../contracts/operations.ts';
import { OwnedCellsBuilder, type OwnedCells, type OwnedSpan } from '../model/cpu/owned-cells.ts';
import type { TimeSpan } from '../model/cpu/time-span.ts';
import { blockingCalls } from '../model/operations/blocking-calls.ts';
import { withBlockers } from '../model/operations/stall-blockers.ts';
import { ownSpans } from '../model/operations/own-spans.ts';
import type { SampledThread, ThreadOperations } from '../model/operations/thread-operations.ts';
import type { PositionPlacement } from '../model/source/script-positions.ts';
import type { RecordedOperations } from './recorded-operations.ts';
import type { ThreadSamples } from './thread-samples.ts';
import type { WholeThread } from './thread-profile.ts';

export interface UnsampledOperations {
  /** The thread's, an absolute path. */
  readonly folder: string;
  readonly recorded: RecordedOperations;
  readonly placeOf: PositionPlacement;
  readonly loopOf: PositionPlacement;
  readonly collections: readonly TimeSpan[];
  /** Undefined where nothing was sampled. */
  readonly whole: WholeThread | undefined;
}

/** Reads once more the segments in which operations ran that were kept. */
export async function threadOperations({
  folder,
  recorded,
  placeOf,
  loopOf,
  collections,
  whole,
}: UnsampledOperations): Promise<ThreadOperations> {
  const { routes } = recorded;
  const kept = withBlockers(recorded.kept);
  return {
    key: path.basename(folder),
    ...{ kept, routes: routes?.routes ?? [], placeOf, loopOf, collections },
    ...(whole && kept.length > 0 ? { sampled: await sampledThread(whole, kept) } : {}),
  };
}

async function sampledThread(whole: WholeThread, kept: readonly OperationRecord[]): Promise<SampledThread> {
  const { samples, inlining, place, thread } = whole;
  const { calls, callOf } = blockingCalls(samples.tree);
  const cells = await ownedCells(samples, ownSpans(kept), { owners: kept.length, callOf });
  return {
    cells,
    calls,
    inlining,
    place,
    span: whole.span,
    ...(thread ? { thread, agent: thread.agent } : {}),
  };
}

/** `spans` by start. */
async function ownedCells(
  samples: ThreadSamples,
  spans: readonly OwnedSpan[],
  { owners, callOf }: { readonly owners: number; readonly callOf: Int32Array },
): Promise<OwnedCells> {
  const builder = new OwnedCellsBuilder(spans, owners, samples.tree, callOf);
  for (const stretch of stretchesOf(spans))
    await samples.visit(stretch, (segment, part) =>
      builder.add(segment, part, samples.parts.nodesOf(segment)),
    );
  return builder.cells();
}

/** A segment that two stretches touch is read twice: shorter pauses than a segment are not worth that. */
const PAUSE_MICROSECONDS = 2e6;

function stretchesOf(spans: readonly OwnedSpan[]): TimeSpan[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of spans) {
    const last = stretches.at(-1);
    if (last && from <= last.to + PAUSE_MICROSECONDS) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches;
}
