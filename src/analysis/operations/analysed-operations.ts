/** Every kept operation with its ledger and what was sampled of it; and by route. */
import type { HotLine } from '../../contracts/document.ts';
import type { OperationRecord } from '../../contracts/operations.ts';
import { withInner } from '../../model/operations/own-spans.ts';
import { operationKey, type ThreadOperations } from '../../model/operations/thread-operations.ts';
import type { TimeSpan } from '../../model/cpu/time-span.ts';
import { onThreadStretches } from './on-thread.ts';
import { operationLedger, operationTimes, type LedgerEvidence } from './ledger.ts';
import type { Ledger, Place } from './ledger-types.ts';
import { countedRoutes, routeKey, type CountedRoute } from './route-counts.ts';
import { ledgerLikeOthers, routePlaces, waitLikeOthers } from './route-places.ts';
import type { OperationTimes } from './wait-sums.ts';
import { sampledOperations, type SampledOperations } from './sampled-operations.ts';

export interface AnalysedOperation {
  /** See `operationKey`. */
  readonly key: string;
  readonly record: OperationRecord;
  /** Of the watched function or of the stall's culprit. */
  readonly place?: Place;
  /** Of a stall. */
  readonly blocker?: { readonly key: string; readonly name: string };
  readonly times: OperationTimes;
  /** Made anew: thousands of them would fill the memory. */
  readonly ledger: () => Ledger;
  /** CPU time that was sampled, with that of the operations inside it. */
  readonly sampledMicroseconds: number;
  readonly samples: number;
  /** The hottest first. */
  readonly hotLines: readonly HotLine[];
}

export interface AnalysedRoute {
  readonly counts: CountedRoute;
  /** The slowest first. */
  readonly kept: readonly AnalysedOperation[];
}

/** How many lines of one operation are told. */
const MOST_LINES = 5;

/**
 * Routes of all threads as one program, in no order. `within` leaves only operations that overlap it, and routes that have
 * such; they are counted then as they were kept.
 */
export function analysedRoutes(threads: readonly ThreadOperations[], within?: TimeSpan): AnalysedRoute[] {
  const kept = new Map<string, AnalysedOperation[]>();
  for (const operation of threads.flatMap(thread => analysedOperations(thread, within))) {
    const key = routeKey(operation.record);
    const others = kept.get(key) ?? [];
    others.push(operation);
    kept.set(key, others);
  }
  const counted = within
    ? new Map<string, CountedRoute>()
    : countedRoutes(threads.map(({ routes }) => routes));
  return [...new Set([...counted.keys(), ...kept.keys()])].map(key => {
    const operations = (kept.get(key) ?? []).sort(
      (a, b) => b.record.durationMicroseconds - a.record.durationMicroseconds,
    );
    return { counts: withKept(counted.get(key), operations), kept: likeEachOther(operations) };
  });
}

/** Where one has not looked for the lines of its waits, others have. */
function likeEachOther(operations: readonly AnalysedOperation[]): readonly AnalysedOperation[] {
  const places = routePlaces(operations.flatMap(({ times }) => times.waits));
  if (places.size === 0) return operations;
  return operations.map(operation => ({
    ...operation,
    times: {
      ...operation.times,
      waits: operation.times.waits.map(wait => waitLikeOthers(wait, places)),
    },
    ledger: () => ledgerLikeOthers(operation.ledger(), places),
  }));
}

/** Of those operations of the thread only that overlap `within`. */
export function analysedOperations(thread: ThreadOperations, within?: TimeSpan): AnalysedOperation[] {
  const { key, kept, placeOf, loopOf, collections, sampled } = thread;
  const inner = withInner(kept);
  const samples = sampled && sampledOperations(sampled);
  const onThread = sampled && onThreadStretches(sampled);
  return kept.flatMap((record, index) => {
    if (within && !overlaps(record, within)) return [];
    const evidence = (): LedgerEvidence => ({
      inner: inner[index]!.slice(1).map(each => kept[each]!),
      pauses: collections,
      onThread: onThread ? inner[index]!.flatMap(each => onThread[each]!) : [],
      place: placeOf,
      ...(loopOf ? { loop: loopOf } : {}),
    });
    return [
      {
        ...{ key: operationKey(key, record.id), record },
        ledger: () => operationLedger(record, evidence()),
        times: operationTimes(record, evidence()),
        ...placesOf(record, thread),
        ...sampledWith(samples, inner[index]!),
      },
    ];
  });
}

function placesOf(
  { file, line, column, blocker, stack = [] }: OperationRecord,
  { key, placeOf }: ThreadOperations,
): Pick<AnalysedOperation, 'place' | 'blocker'> {
  const own = file === undefined ? [] : [{ file, line: line ?? 0, column: column ?? 1 }];
  // What Node does within itself nobody can open: it is the matter of who called it.
  const place = [...own, ...stack].map(placeOf).find(each => each && !each.file.startsWith('node:'));
  return {
    ...(place ? { place } : {}),
    ...(blocker ? { blocker: { key: operationKey(key, blocker.id), name: blocker.name } } : {}),
  };
}

const overlaps = (
  { startMicroseconds: start, durationMicroseconds }: OperationRecord,
  { from, to }: TimeSpan,
): boolean => start < to && start + durationMicroseconds > from;

type Sampled = Pick<AnalysedOperation, 'sampledMicroseconds' | 'samples' | 'hotLines'>;

function sampledWith(samples: SampledOperations | undefined, owners: readonly number[]): Sampled {
  if (!samples) return { sampledMicroseconds: 0, samples: 0, hotLines: [] };
  const parts = owners.map(owner => samples.own[owner]!);
  const lines = new Map<number, number>();
  for (const part of parts)
    for (const [line, time] of part.lines) lines.set(line, (lines.get(line) ?? 0) + time);
  const sampledMicroseconds = parts.reduce((sum, part) => sum + part.microseconds, 0);
  return {
    sampledMicroseconds,
    samples: parts.reduce((sum, part) => sum + part.samples, 0),
    hotLines: [...lines]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_LINES)
      .map(([line, selfMicroseconds]) => ({
        ...samples.placeOf(line),
        selfMicroseconds,
        share: selfMicroseconds / sampledMicroseconds,
      })),
  };
}

/** The counts lag up to a second behind what was kept, and a killed program has lost its last ones. */
function withKept(counts: CountedRoute | undefined, kept: readonly AnalysedOperation[]): CountedRoute {
  const records = kept.map(({ record }) => record);
  if (!counts) return keptOnly(records);
  const longest = records[0]?.durationMicroseconds ?? 0;
  return {
    ...counts,
    count: Math.max(counts.count, kept.length),
    slowCount: Math.max(counts.slowCount, kept.length),
    maxMicroseconds: Math.max(counts.maxMicroseconds, longest),
  };
}

/** Of at least one, the slowest first. */
function keptOnly(records: readonly OperationRecord[]): CountedRoute {
  const { kind, name } = records[0]!;
  const isError = ({ status }: OperationRecord): boolean =>
    status === 'error' || (typeof status === 'number' && status >= 500);
  return {
    ...{ kind, name, count: records.length, slowCount: records.length },
    errorCount: records.filter(isError).length,
    thresholdMicroseconds: records[0]!.thresholdMicroseconds,
    maxMicroseconds: records[0]!.durationMicroseconds,
    durations: new Map(),
  };
}
