/** The waits of one operation as the ledger tells them: those that libraries told, and those that gaps are evidence of. */
import type { CallerRecord } from '../../contracts/operations.ts';
import { microseconds } from '../../contracts/units.ts';
import type { Span } from '../../model/operations/span.ts';
import type { TimedAwait, TimedWait, TimeLine } from '../../model/operations/time-line.ts';
import type { AwaitSite, AwaitSites, PlaceOf } from './await-sites.ts';
import type { LedgerWait, Place } from './ledger-types.ts';
import type { Piece } from './piece.ts';

export type UnfinishedWait = Omit<LedgerWait, 'ownMicroseconds' | 'from' | 'length'> & Span;

export class WaitList {
  readonly list: UnfinishedWait[] = [];
  readonly #told = new Map<TimedWait, number>();
  readonly #found = new Map<object, number>();
  readonly #awaited = new Map<TimedAwait, TimedWait[]>();
  readonly #place: PlaceOf;
  readonly #loop: PlaceOf;
  readonly #sites: AwaitSites;

  constructor(
    line: TimeLine,
    sites: AwaitSites,
    { place, loop }: { readonly place: PlaceOf; readonly loop: PlaceOf },
  ) {
    this.#place = place;
    this.#loop = loop;
    this.#sites = sites;
    for (const wait of line.waits) this.#told.set(wait, this.list.push(this.#toldBy(wait)) - 1);
    for (const waits of this.#awaited.values()) this.#markTogether(waits);
  }

  /** Those of one await that overlap others of their kind. */
  #markTogether(waits: readonly TimedWait[]): void {
    if (waits.length < 2) return;
    const last = new Map<string, TimedWait>();
    for (const wait of waits.toSorted((a, b) => a.from - b.from)) {
      const before = last.get(wait.record.kind);
      if (before && wait.from < before.to) for (const each of [before, wait]) this.#isTogether(this.of(each));
      if (!before || wait.to > before.to) last.set(wait.record.kind, wait);
    }
  }

  #isTogether(index: number): void {
    this.list[index] = { ...this.list[index]!, isTogether: true };
  }

  of(wait: TimedWait): number {
    return this.#told.get(wait)!;
  }

  /** A wait of which only an `await`, or the gap itself, tells. */
  found(kind: LedgerWait['kind'], span: Span, site: AwaitSite | undefined): number {
    const known = site && this.#found.get(site.found);
    if (known !== undefined && this.list[known]!.kind === kind) return known;
    const { from, to } = site?.found ?? span;
    const wait = {
      kind,
      isOnThread: false,
      from,
      to,
      isOpen: site?.found.isOpen ?? false,
      ...this.#where(site),
    };
    const index = this.list.push(wait) - 1;
    if (site) this.#found.set(site.found, index);
    return index;
  }

  #toldBy(wait: TimedWait): UnfinishedWait {
    const { kind, library, detail, isOnThread = false } = wait.record;
    const { from, to, isOpen } = wait;
    const { place, callers, loop } = this.#whereOf(wait, isOnThread);
    const told: { -readonly [K in keyof UnfinishedWait]: UnfinishedWait[K] } = {
      ...{ kind, isOnThread, from, to, isOpen, library, callers },
    };
    if (place !== undefined) told.place = place;
    if (loop !== undefined) told.loop = loop;
    if (detail !== undefined) told.detail = detail;
    return told;
  }

  #whereOf(wait: TimedWait, isOnThread: boolean): Where {
    if (isOnThread) return this.#ownPlace(wait) ?? NOWHERE;
    return (
      this.#siteOf(this.#sites.endedWith(wait), wait) ??
      this.#ownPlace(wait) ??
      this.#where(this.#sites.around(wait))
    );
  }

  #ownPlace({ record: { file, line = 0, column = 0, callers } }: TimedWait): Where | undefined {
    const position = file === undefined ? undefined : { file, line, column };
    const place = position && this.#place(position);
    return place && { ...optional({ place, loop: this.#loop(position) }), callers: this.#callers(callers) };
  }

  #siteOf(site: AwaitSite | undefined, wait: TimedWait): Where | undefined {
    if (!site?.place || site.found.record.isCallback) return undefined;
    const others = this.#awaited.get(site.found);
    if (others) others.push(wait);
    else this.#awaited.set(site.found, [wait]);
    return this.#where(site);
  }

  #where(site: AwaitSite | undefined): Where {
    if (!site) return NOWHERE;
    const { record } = site.found;
    const loop = site.place && this.#loop(record);
    return { ...optional({ place: site.place, loop }), callers: this.#callers(record.callers) };
  }

  /** Up to the first that cannot be told: what is beyond it did not call there itself. */
  #callers(records: readonly CallerRecord[] = []): LedgerWait['callers'] {
    const callers: (Place & { isAsync?: boolean })[] = [];
    for (const { isAsync, ...position } of records) {
      const place = this.#place(position);
      if (!place) break;
      callers.push({ ...place, ...optional({ isAsync }) });
    }
    return callers;
  }
}

type Where = Pick<LedgerWait, 'place' | 'callers' | 'loop'>;

const NOWHERE: Where = { callers: [] };

/** A piece of the wait with that index. Called for every gap of every operation: spreading takes several times as long. */
export function pieceOf(
  { kind, isOnThread, place, detail, library }: UnfinishedWait,
  { from, to }: Span,
  wait: number,
  isEstimated: boolean,
): Piece {
  const piece: { -readonly [K in keyof Piece]: Piece[K] } = { kind, isOnThread, from, to, isEstimated, wait };
  if (place !== undefined) piece.place = place;
  if (detail !== undefined) piece.detail = detail;
  if (library !== undefined) piece.library = library;
  return piece;
}

/** Without the fields that are undefined. */
export function optional<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const present: { [K in keyof T]?: NonNullable<T[K]> } = {};
  // Called for every wait of every operation: `Object.fromEntries` takes several times as long.
  for (const name of Object.keys(fields) as (keyof T)[]) {
    const value = fields[name];
    if (value !== undefined) present[name] = value as NonNullable<T[keyof T]>;
  }
  return present;
}

/** With what the parts give to each, by beginning; `renumber` tells the new index of each. */
export function finished(
  waits: readonly UnfinishedWait[],
  own: readonly number[],
): { waits: LedgerWait[]; renumber: number[] } {
  const order = waits.map((_, index) => index).sort((a, b) => waits[a]!.from - waits[b]!.from);
  const renumber: number[] = [];
  for (const [index, before] of order.entries()) renumber[before] = index;
  return {
    renumber,
    waits: order.map(before => {
      const { from, to, ...rest } = waits[before]!;
      return {
        ...rest,
        from: microseconds(from),
        length: microseconds(to - from),
        ownMicroseconds: microseconds(own[before] ?? 0),
      };
    }),
  };
}
