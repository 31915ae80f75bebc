/**
 * Sees from the collector that the event loop of the main thread does not turn, asks who blocks it while it still does,
 * and makes an operation of each such stall: told when it is noticed, so that it is there when the program is killed, and
 * again with its length when it is over.
 *
 *   beat      due          noticed          beats again
 *   ──┤········├───────────────┼────────────────┤
 *              └─ certainly blocked from here on; from the begin of the slice that blocks, where one is open
 */
import type { OperationRecord, RouteCounts } from '../../contracts/operations.ts';
import type { OperationsNews } from '../collector/contract.ts';
import { Routes } from '../operations/route-counts.ts';
import { BEAT_MILLISECONDS, type StallLook } from './heartbeat.ts';
import { MinuteBudget } from './minute-budget.ts';
import { causedBy, stallRecord } from './stall-record.ts';

const BEAT_MICROSECONDS = BEAT_MILLISECONDS * 1000;
/** A collector that comes so late was not let run itself: the machine slept, or the process was stopped. */
const LATE_MICROSECONDS = 4 * BEAT_MICROSECONDS;

export interface StallWatchParts {
  readonly beats: Float64Array;
  readonly thresholdMicroseconds: number;
  readonly now: () => number;
  /** How long the watched thread could have run but had no processor, in all; undefined where nobody tells. */
  readonly waiting: () => number | undefined;
  /** Asks in the blocked thread; undefined when it goes on already. */
  readonly look: (beat: number) => Promise<StallLook | undefined>;
  readonly sink: (news: OperationsNews) => void;
  readonly failed: (error: unknown) => void;
}

interface Stall {
  readonly beat: number;
  /** Undefined until the blocked thread has answered. */
  record: OperationRecord | undefined;
}

export class StallWatch {
  private readonly routes = new Routes();
  private timer: NodeJS.Timeout | undefined;
  private stall: Stall | undefined;
  private checkedAt = Number.POSITIVE_INFINITY;
  /** `waiting` when the beat was seen first. */
  private seen = { beat: 0, waiting: 0 };
  private readonly budget = new MinuteBudget();

  constructor(private readonly parts: StallWatchParts) {}

  start(): void {
    this.timer = setInterval(() => this.check(), BEAT_MILLISECONDS);
  }

  /** The recording ends: a stall that still goes on is as long as it is now. */
  end(): void {
    clearInterval(this.timer);
    this.over(this.parts.now(), 'open');
  }

  /** Since when a stall may still be told of; undefined where none goes on. */
  get since(): number | undefined {
    return this.stall?.beat;
  }

  private check(): void {
    const at = this.parts.now();
    const isLate = at - this.checkedAt > LATE_MICROSECONDS;
    this.checkedAt = at;
    const beat = this.parts.beats[0] as number;
    if (this.stall && this.stall.beat !== beat) this.over(beat, 'ended');
    if (beat !== this.seen.beat) this.seen = { beat, waiting: this.parts.waiting() ?? 0 };
    if (beat === 0 || isLate || this.stall) return;
    const overdue = at - beat - BEAT_MICROSECONDS;
    if (overdue <= this.parts.thresholdMicroseconds) return;
    // A machine that is too busy to let the thread run is not the program's doing.
    const starved = (this.parts.waiting() ?? 0) - this.seen.waiting;
    if (overdue - starved > this.parts.thresholdMicroseconds) this.notice({ beat, record: undefined });
  }

  private notice(stall: Stall): void {
    this.stall = stall;
    this.parts
      .look(stall.beat)
      .then(look => look && this.looked(stall, look))
      .catch((error: unknown) => this.parts.failed(error));
  }

  private looked(stall: Stall, look: StallLook): void {
    const { now, thresholdMicroseconds } = this.parts;
    if (this.stall !== stall || !this.budget.mayKeep(now())) return;
    const startMicroseconds = Math.max(stall.beat, look.since ?? stall.beat + BEAT_MICROSECONDS);
    const durationMicroseconds = now() - startMicroseconds;
    const times = { startMicroseconds, durationMicroseconds, thresholdMicroseconds };
    stall.record = causedBy(stallRecord(look, times), look.stack);
    this.tell(stall.record);
  }

  /** `until`: the beat that came after it. */
  private over(until: number, end: 'ended' | 'open'): void {
    const record = this.stall?.record;
    this.stall = undefined;
    if (!record) return;
    const durationMicroseconds = Math.max(until - record.startMicroseconds, record.durationMicroseconds);
    const { kind, name, thresholdMicroseconds } = record;
    const route = this.routes.of(kind, name);
    route.keptCount++;
    route.add({ kind, name, thresholdMicroseconds, durationMicroseconds, isSlow: true, isError: false });
    this.tell(
      { ...record, end, durationMicroseconds, slices: [0, durationMicroseconds] },
      this.routes.takeChanged(),
    );
  }

  private tell(record: OperationRecord, routes: readonly RouteCounts[] = []): void {
    const kept = [{ record }];
    this.parts.sink({
      atMicroseconds: record.startMicroseconds,
      kept,
      routes,
      problems: [],
      hooksMicroseconds: 0,
    });
  }
}
