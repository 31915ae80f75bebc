/**
 * What a gap was spent on. It is told from its end backwards: what ended it, what ended before that began, and so on.
 *
 *   |──────────────── gap ────────────────|
 *   └ pool ┘└───── query ─────┘             told by a library: the query ended the gap
 *   | pool  |      query      |   loop    |
 *
 * Where no library tells, it is what Node ran last before the operation went on.
 */
import type { Span } from '../../model/operations/span.ts';
import type { Gap, TimedWait, TimeLine } from '../../model/operations/time-line.ts';
import { causeOf, type Cause } from '../../model/operations/wait-cause.ts';
import { LIBRARY_WORK_MICROSECONDS, type AwaitSites } from './await-sites.ts';
import { firstAtOrAfter } from './first-at-or-after.ts';
import { OpenWaits, SAME_TIME_MICROSECONDS } from './open-waits.ts';
import { ofNobody, type Piece } from './piece.ts';
import { pieceOf, type WaitList } from './wait-list.ts';

interface Link extends Span {
  readonly wait: TimedWait;
}

export class GapReader {
  readonly #line: TimeLine;
  readonly #sites: AwaitSites;
  readonly #waits: WaitList;
  readonly #open: OpenWaits<TimedWait>;

  constructor(line: TimeLine, sites: AwaitSites, waits: WaitList) {
    this.#line = line;
    this.#sites = sites;
    this.#waits = waits;
    this.#open = new OpenWaits(line.waits);
  }

  /** The whole gap in pieces, in the order of time. Gaps are asked for in that order too. */
  piecesOf(gap: Gap): Piece[] {
    const ready = Math.min(gap.resume?.ready ?? 0, gap.to - gap.from);
    const end = gap.to - ready;
    const pieces = ready > 0 ? [ofNobody('loop', { from: end, to: gap.to })] : [];
    let to = end;
    for (const link of this.#chain(gap, end)) {
      const told = { from: link.from, to: isShort(link.to, to) ? to : link.to };
      if (told.to < to) pieces.push(this.#untold(gap, { from: told.to, to }, to === end));
      pieces.push(this.#told(link.wait, told));
      to = link.from;
    }
    const isWork = to < end && isShort(gap.from, to);
    if (isWork) pieces.push({ ...pieces.pop()!, from: gap.from });
    else if (to > gap.from) pieces.push(this.#untold(gap, { from: gap.from, to }, to === end));
    return withBound(pieces.reverse(), gap);
  }

  /** Waits that ended in the gap, each before the next one began; the last one first. */
  #chain(gap: Gap, end: number): Link[] {
    const links: Link[] = [];
    let until = end;
    const { waits } = this.#line;
    const latest = firstAtOrAfter(waits, gap.to + SAME_TIME_MICROSECONDS + 1, ({ to }) => to) - 1;
    for (let index = latest; index >= 0 && until > gap.from; index--) {
      const wait = waits[index]!;
      if (wait.to <= gap.from) break;
      const link = { wait, from: Math.max(wait.from, gap.from), to: Math.min(wait.to, until) };
      if (link.to <= link.from || (gap.isLast && this.#isLeftOpen(wait))) continue;
      links.push(link);
      until = link.from;
    }
    return links;
  }

  #told(wait: TimedWait, span: Span, isEstimated = false): Piece {
    const index = this.#waits.of(wait);
    return pieceOf(this.#waits.list[index]!, span, index, isEstimated);
  }

  /** A stretch of which no wait tells that it ended there; `isEnd`: the operation went on after it. */
  #untold(gap: Gap, span: Span, isEnd: boolean): Piece {
    const site = this.#sites.ofGap(gap);
    const cause: Cause = isEnd
      ? causeOf(gap.resume?.cause || (site?.isEnd ? site.found.record.cause : ''))
      : 'unknown';
    if (cause === 'turn') return ofNobody('loop', span);
    const open = this.#beyond(gap, span);
    if (open && (cause === 'unknown' || cause === 'socket' || open.record.kind === cause)) {
      const place = site?.place;
      return { ...this.#told(open, span, open.record.kind !== cause), ...(place ? { place } : {}) };
    }
    // Its end is told by code that runs: between its last slice and that nothing is waited for.
    if (gap.isLast && this.#line.hasEnded && isShort(span.from, span.to)) return ofNobody('loop', span, true);
    // It begins on its thread, which was at something else before it ran.
    if (gap.from === 0 && !gap.resume && !gap.isLast && !site) return ofNobody('loop', span, true);
    if (cause === 'unknown' && !site) return ofNobody('unknown', span);
    const index = this.#waits.found(cause === 'socket' ? 'stream' : cause, span, site);
    const isEstimated = cause === 'socket' || cause === 'lock';
    return pieceOf(this.#waits.list[index]!, span, index, isEstimated);
  }

  #beyond(gap: Gap, span: Span): TimedWait | undefined {
    const [open] = this.#open.beyond(gap);
    if (!open || !isShort(span.from, open.from) || (gap.isLast && this.#isLeftOpen(open))) return undefined;
    return open;
  }

  /** It was asked for and not waited for: the operation ended without it. */
  #isLeftOpen({ isOpen }: TimedWait): boolean {
    return isOpen && this.#line.hasEnded;
  }
}

const isShort = (from: number, to: number): boolean => to - from <= LIBRARY_WORK_MICROSECONDS;

function withBound(pieces: Piece[], { from, to, resume }: Gap): Piece[] {
  const last = pieces.at(-1);
  const readyAtMost = Math.min(resume?.readyAtMost ?? 0, to - from);
  if (!last || readyAtMost <= (resume?.ready ?? 0)) return pieces;
  return [...pieces.slice(0, -1), { ...last, readyAtMost }];
}
