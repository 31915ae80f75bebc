/**
 * Segments of a watch recording: each waits on disk until it is known which operations of its time are kept, then what
 * these need of it stays, or nothing. So a program that is killed leaves the last seconds whole.
 *
 *   pending-000007.cpuprofile.gz ──► cpu-000007.cpuprofile.gz (cut) | removed
 */
import { cutProfile, spanOf, type Span } from './cut-profile.ts';
import type { OperationsNews } from './contract.ts';

/** An operation that goes on for longer loses the profile of its beginning: what it may need would grow without end. */
const MOST_PENDING = 120;

interface Store {
  /** Answers its number. */
  pending(profile: string): number;
  readPending(number: number): string;
  /** `profile`: what stays of it. */
  settle(number: number, profile: string | undefined): void;
}

interface Pending extends Span {
  readonly number: number;
}

export class WatchedSegments {
  private readonly pending: Pending[] = [];
  /** Of kept operations, as far as their segments are not settled; those may be yet to come. */
  private spans: Span[] = [];
  private settledTo = Number.NEGATIVE_INFINITY;

  constructor(private readonly store: Store) {}

  add(profile: string): void {
    const span = spanOf(profile);
    const number = this.store.pending(profile);
    if (span === undefined) return this.store.settle(number, undefined);
    this.pending.push({ ...span, number });
    if (this.pending.length > MOST_PENDING) this.settleOldest();
  }

  /** All operations that have ended before are told now; those that go on may still be kept. */
  hear({ kept, atMicroseconds, openSinceMicroseconds }: OperationsNews): void {
    for (const { record } of kept)
      for (let index = 0; index < record.slices.length; index += 2) {
        const from = record.startMicroseconds + (record.slices[index] as number);
        this.spans.push({ from, to: from + (record.slices[index + 1] as number) });
      }
    this.settleUntil(Math.min(atMicroseconds, openSinceMicroseconds ?? Number.POSITIVE_INFINITY));
  }

  /** No operation is told of any more. */
  end(): void {
    this.settleUntil(Number.POSITIVE_INFINITY);
  }

  private settleUntil(time: number): void {
    while (this.pending[0] !== undefined && this.pending[0].to <= time) this.settleOldest();
    const needed = this.pending[0]?.from ?? this.settledTo;
    this.spans = this.spans.filter(({ to }) => to > needed);
  }

  private settleOldest(): void {
    const { number, from, to } = this.pending.shift() as Pending;
    const spans = apart(this.spans.filter(span => span.from < to && span.to > from));
    const cut = spans.length === 0 ? undefined : cutProfile(this.store.readPending(number), spans);
    this.store.settle(number, cut);
    this.settledTo = to;
  }
}

/** Ascending, and what touches is one. */
function apart(spans: readonly Span[]): Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
