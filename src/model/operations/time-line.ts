/**
 * The time line of one operation out of its record, which comes from a program and may hold anything: whole
 * microseconds from 0 to `duration`, slices ascending and apart, waits and awaits cut to the operation.
 */
import type { AwaitRecord, OperationRecord, WaitRecord } from '../../contracts/operations.ts';
import { disjoint, within, type Span } from './span.ts';

export interface TimedWait extends Span {
  readonly record: WaitRecord;
  /** It went on when the operation ended. */
  readonly isOpen: boolean;
}

export interface TimedAwait extends Span {
  readonly record: AwaitRecord;
  readonly isOpen: boolean;
}

export interface Resume {
  readonly cause: string;
  readonly ready: number;
  readonly readyAtMost: number;
}

/** The operation did not run in `from … to`. */
export interface Gap extends Span {
  /** How the slice after it came to begin; undefined where nobody has told. */
  readonly resume: Resume | undefined;
  /** Where that slice ends, or those that follow in the same turn of the loop; `to` where none follows. */
  readonly sliceTo: number;
  /** It is followed by the operation's end. */
  readonly isLast: boolean;
}

export interface TimeLine {
  readonly duration: number;
  readonly slices: readonly Span[];
  readonly gaps: readonly Gap[];
  /** By end; of two that end together the later begun one is first. */
  readonly waits: readonly TimedWait[];
  readonly awaits: readonly TimedAwait[];
  /** What happened before is lost. */
  readonly unknownUntil: number;
  readonly hasEnded: boolean;
}

/** `inner`: operations that began inside of it, at any depth: their time is its time. All of one thread. */
export function timeLine(record: OperationRecord, inner: readonly OperationRecord[] = []): TimeLine {
  const duration = wholeTime(record.durationMicroseconds);
  const isIn = new Set([record, ...inner].flatMap(each => each.inner ?? []));
  const told = inner.filter(({ id }) => !isIn.has(id));
  const pieces = [record, ...told].map(each => piecesOf(each, record, duration));
  const slices = disjoint(pieces.flatMap(piece => piece.slices));
  const resumes = new Map(pieces.toReversed().flatMap(piece => piece.resumes));
  const unknownUntil = Math.min(wholeTime(record.slicesFrom ?? 0), duration);
  return {
    duration,
    slices,
    gaps: withinTurns(gapsBetween(slices, duration, resumes)),
    waits: pieces.flatMap(piece => piece.waits).sort(byEnd),
    awaits: pieces.flatMap(piece => piece.awaits).sort(byEnd),
    unknownUntil,
    hasEnded: record.end === 'ended',
  };
}

const byEnd = (a: Span, b: Span): number => a.to - b.to || b.from - a.from;

const wholeTime = (value: number): number =>
  Math.min(Math.max(0, Math.round(value) || 0), Number.MAX_SAFE_INTEGER);

interface Pieces {
  readonly slices: Span[];
  readonly resumes: [number, Resume][];
  readonly waits: TimedWait[];
  readonly awaits: TimedAwait[];
}

/** What one record tells, on the time line of the outer operation. */
function piecesOf(record: OperationRecord, outer: OperationRecord, duration: number): Pieces {
  const shift = record.startMicroseconds - outer.startMicroseconds;
  const bounds: Span = { from: 0, to: duration };
  const at = (time: number): number => Math.round(time + shift);
  const cut = (from: number, length: number): Span =>
    within({ from: at(from), to: at(from + length) }, bounds);
  const slices = pairs(record.slices).map(([from, length]) => cut(from, length));
  return {
    slices,
    resumes: record.resumes.flatMap(({ slice, cause, ready, readyAtMost = ready }) => {
      const resumed = slices[slice];
      return resumed
        ? [[resumed.from, { cause, ready: wholeTime(ready), readyAtMost: wholeTime(readyAtMost) }] as const]
        : [];
    }) as [number, Resume][],
    waits: record.waits.flatMap(wait => timed(wait, wait.from, wait.length)),
    awaits: record.awaits.flatMap(each => timed(each, each.from, each.length)),
  };

  function timed<R>(each: R, from: number, length: number | null): (Span & { record: R; isOpen: boolean })[] {
    const span = cut(from, length ?? Number.MAX_SAFE_INTEGER);
    const isOpen = length === null || at(from + length) > duration;
    return length !== null && !(length >= 0)
      ? []
      : span.to >= span.from
        ? // Called for every wait of every operation: spreading takes several times as long.
          [{ from: span.from, to: span.to, record: each, isOpen }]
        : [];
  }
}

function pairs(values: readonly number[]): [number, number][] {
  return Array.from({ length: values.length >> 1 }, (_, pair) => [values[2 * pair]!, values[2 * pair + 1]!]);
}

function gapsBetween(slices: readonly Span[], duration: number, resumes: ReadonlyMap<number, Resume>): Gap[] {
  const gaps: Gap[] = [];
  let from = 0;
  for (const slice of slices) {
    if (slice.from > from)
      gaps.push({ from, to: slice.from, resume: resumes.get(slice.from), sliceTo: slice.to, isLast: false });
    from = slice.to;
  }
  if (from < duration) gaps.push({ from, to: duration, resume: undefined, sliceTo: duration, isLast: true });
  return gaps;
}

/** A native callback and its microtasks may be slices of their own. */
function withinTurns(gaps: readonly Gap[]): Gap[] {
  let next: Gap | undefined;
  return gaps
    .toReversed()
    .map(gap => {
      const goesOn = next !== undefined && next.resume?.cause === 'turn';
      next = goesOn ? { ...gap, sliceTo: next!.sliceTo } : gap;
      return next;
    })
    .reverse();
}
