import type { OperationRecord, RouteCounts } from '../../contracts/operations.ts';
import type { ThreadRecord } from '../../contracts/recording.ts';
import type { TimeSpan } from '../cpu/time-span.ts';
import type { InliningRepair } from '../cpu/inlining/repair.ts';
import type { OwnedCells } from '../cpu/owned-cells.ts';
import type { Placement } from '../source/placement.ts';
import type { BlockingCall } from './blocking-calls.ts';
import type { PositionPlacement } from '../source/script-positions.ts';

/** The operations of one thread, and what is known beside them. */
export interface ThreadOperations {
  /** Name of the thread's folder: with an operation's id it names that operation in the recording. */
  readonly key: string;
  /** By start. */
  readonly kept: readonly OperationRecord[];
  readonly routes: readonly RouteCounts[];
  readonly placeOf: PositionPlacement;
  /** See `loopPlacement`; absent where no text is known. */
  readonly loopOf?: PositionPlacement;
  /** Garbage collections, by start, on the clock of the records. */
  readonly collections: readonly TimeSpan[];
  /** Absent where nothing was sampled, or nothing was kept. */
  readonly sampled?: SampledThread;
}

/** What ran in the operations. */
export interface SampledThread {
  /** The owner of a row is the index of its operation in `kept`; see `ownSpans`. */
  readonly cells: OwnedCells;
  /** What `cells.stretches` are in. */
  readonly calls: readonly BlockingCall[];
  readonly inlining: InliningRepair;
  readonly place: Placement;
  /** Path of Slowcatch's agent in that process. */
  readonly agent?: string;
  readonly thread?: ThreadRecord;
  /** From the first to the last sample of the thread. */
  readonly span: TimeSpan;
}

export const operationKey = (thread: string, id: number): string => `${thread}:${id}`;
