/** The ledger of one operation: a partition of its time line, see ledger-types.ts. */
import type { OperationRecord } from '../../contracts/operations.ts';
import { microseconds } from '../../contracts/units.ts';
import { disjoint, type Span } from '../../model/operations/span.ts';
import { timeLine, type TimeLine } from '../../model/operations/time-line.ts';
import { AwaitSites, type PlaceOf } from './await-sites.ts';
import { GapReader } from './gap-pieces.ts';
import { GroupSums, groupsOf, mainCauseOf, totalsOf } from './ledger-sums.ts';
import type { Ledger, LedgerPart, Purpose } from './ledger-types.ts';
import { covered, ofNobody, type Piece } from './piece.ts';
import { finished, pieceOf, WaitList, type UnfinishedWait } from './wait-list.ts';
import { timesOf, type OperationTimes } from './wait-sums.ts';

/** A stretch in which the thread stood still for something, by its samples; on CLOCK_MONOTONIC. */
export interface OnThread extends Span {
  readonly purpose: Omit<Purpose, 'isOnThread'>;
}

/** What is known beside the record; times are microseconds of CLOCK_MONOTONIC. */
export interface LedgerEvidence {
  /** Kept operations that began inside of this one, at any depth. */
  readonly inner?: readonly OperationRecord[];
  /** Garbage collections of its thread (`model/operations/pauses.ts`). */
  readonly pauses?: readonly Span[];
  /** See `on-thread.ts`. */
  readonly onThread?: readonly OnThread[];
  /** From what V8 tells into the sources; without it places are V8's. */
  readonly place?: PlaceOf;
  /** Where the loop begins in whose body such a place stands; undefined where it stands in none. */
  readonly loop?: PlaceOf;
}

export function operationLedger(record: OperationRecord, evidence: LedgerEvidence = {}): Ledger {
  const { duration, pieces, waits } = dividedTime(record, evidence);
  return ledgerOf(duration, pieces, waits);
}

/** The sums of `operationLedger()` without its parts and waits, which take longer than all the rest. */
export function operationTimes(record: OperationRecord, evidence: LedgerEvidence = {}): OperationTimes {
  const { duration, pieces, waits } = dividedTime(record, evidence);
  const sums = new GroupSums();
  for (const wait of waits.list.toSorted((a, b) => a.from - b.from))
    sums.addWait(wait, wait.from, wait.to - wait.from);
  for (const piece of pieces) sums.addPart(piece, piece.to - piece.from);
  return timesOf({ groups: sums.groups(duration) });
}

interface DividedTime {
  readonly duration: number;
  /** In the order of time. */
  readonly pieces: readonly Piece[];
  readonly waits: WaitList;
}

function dividedTime(record: OperationRecord, evidence: LedgerEvidence): DividedTime {
  const { inner = [], pauses = [], onThread = [], place = asRun, loop = () => undefined } = evidence;
  const line = timeLine(record, inner);
  const sites = new AwaitSites(line, place);
  const waits = new WaitList(line, sites, { place, loop });
  const shifted = ({ from, to }: Span): Span => ({
    from: Math.round(from - record.startMicroseconds),
    to: Math.round(to - record.startMicroseconds),
  });
  const whole = fromSlicesAndGaps(line, new GapReader(line, sites, waits));
  const pieces = withoutTheLost(
    withPauses(
      withBlocking(withOnThread(whole, onThread, shifted), waits.list),
      disjoint(pauses.map(shifted)),
    ),
    line.unknownUntil,
  );
  return { duration: line.duration, pieces, waits };
}

const asRun: PlaceOf = ({ file, line }) => ({ file, line });

function fromSlicesAndGaps(line: TimeLine, reader: GapReader): Piece[] {
  const running = line.slices.map(slice => ofNobody('cpu', slice));
  const waiting = line.gaps.flatMap(gap => reader.piecesOf(gap));
  return [...running, ...waiting].sort((a, b) => a.from - b.from);
}

function withOnThread(
  pieces: readonly Piece[],
  onThread: readonly OnThread[],
  shifted: (span: Span) => Span,
): readonly Piece[] {
  const stretches = onThread
    .map(each => ({ ...each, ...shifted(each) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  return covered(pieces, {
    stretches,
    covers: ({ kind }) => kind === 'cpu',
    put: (stretch, { from, to }) => ({
      ...stretches[stretch]!.purpose,
      ...{ isOnThread: true, isEstimated: true, from, to },
    }),
  });
}

/** Waits for which the thread itself stood still, as they were told: they lie in its slices. */
function withBlocking(pieces: readonly Piece[], waits: readonly UnfinishedWait[]): readonly Piece[] {
  const stretches = waits
    .map((wait, index) => ({ wait, index, from: wait.from, to: wait.to }))
    .filter(({ wait }) => wait.isOnThread)
    .sort((a, b) => a.from - b.from);
  return covered(pieces, {
    stretches,
    covers: ({ kind }) => kind === 'cpu',
    put: (stretch, { from, to }) => {
      const { wait, index } = stretches[stretch]!;
      return pieceOf(wait, { from, to }, index, false);
    },
  });
}

/** What was told to wait for something took as long as it took, whatever the thread did meanwhile. */
const withPauses = (pieces: readonly Piece[], stretches: readonly Span[]): readonly Piece[] =>
  covered(pieces, {
    stretches,
    covers: ({ kind, isOnThread }) =>
      (kind === 'cpu' || kind === 'loop' || kind === 'unknown') && !isOnThread,
    put: (_, span) => ofNobody('gc', span),
  });

function withoutTheLost(pieces: readonly Piece[], unknownUntil: number): readonly Piece[] {
  if (unknownUntil === 0) return pieces;
  const rest = pieces.filter(({ to }) => to > unknownUntil);
  return [
    ofNobody('unknown', { from: 0, to: unknownUntil }),
    ...rest.map(piece => ({ ...piece, from: Math.max(piece.from, unknownUntil) })),
  ];
}

function ledgerOf(duration: number, pieces: readonly Piece[], list: WaitList): Ledger {
  const own: number[] = [];
  for (const { wait, from, to } of pieces) if (wait !== undefined) own[wait] = (own[wait] ?? 0) + to - from;
  const { waits, renumber } = finished(list.list, own);
  const parts = pieces.map(({ from, to, wait, readyAtMost, ...rest }): LedgerPart => ({
    ...rest,
    from: microseconds(from),
    length: microseconds(to - from),
    ...(wait === undefined ? {} : { wait: renumber[wait]! }),
    ...(readyAtMost === undefined ? {} : { readyAtMost: microseconds(readyAtMost) }),
  }));
  const totals = totalsOf(parts, duration);
  const groups = groupsOf(parts, waits, duration);
  const mainCause = mainCauseOf(totals, groups);
  return {
    durationMicroseconds: microseconds(duration),
    ...{ parts, waits, totals, groups },
    ...(mainCause ? { mainCause } : {}),
  };
}
