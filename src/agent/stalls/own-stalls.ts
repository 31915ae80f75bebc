/**
 * Stalls of a worker thread, which it sees itself when they are over: nobody can ask inside it while it is blocked. What it
 * was is told by its samples then, see collector/sampled-stalls.ts.
 *
 * Only of a worker that follows operations: one that computes for others may compute as it likes. And only what had the
 * processor for so long: until there is work for it a worker may sleep in `Atomics.wait`.
 */
import type { OperationRecord } from '../../contracts/operations.ts';
import { BEAT_MILLISECONDS } from './heartbeat.ts';
import { MinuteBudget } from './minute-budget.ts';
import { stallRecord } from './stall-record.ts';

const BEAT_MICROSECONDS = BEAT_MILLISECONDS * 1000;

/** Kept: a program's tests put their own in their place. */
const { setInterval: every, clearInterval: endEvery } = globalThis;

export interface OwnStallsParts {
  readonly thresholdMicroseconds: number;
  readonly now: () => number;
  /** CPU time of this thread; undefined where nothing tells it. */
  readonly onProcessor: () => number | undefined;
  readonly areOperationsFollowed: () => boolean;
  /** A number that no operation has. */
  readonly takeId: () => number;
  readonly sink: (record: OperationRecord) => void;
}

interface Beat {
  readonly at: number;
  readonly onProcessor: number;
}

export class OwnStalls {
  private readonly budget = new MinuteBudget();
  private timer: NodeJS.Timeout | undefined;
  /** Undefined as long as nobody would miss one. */
  private last: Beat | undefined;

  constructor(private readonly parts: OwnStallsParts) {}

  /** `guarded` runs each look. */
  start(guarded: (look: () => void) => void): void {
    this.timer = every(() => guarded(this.look), BEAT_MILLISECONDS).unref();
  }

  end(): void {
    endEvery(this.timer);
  }

  /** The loop turns. */
  look = (): void => {
    const { last } = this;
    this.last = this.beat();
    if (last && this.last) this.between(last, this.last);
  };

  private beat(): Beat | undefined {
    const { now, onProcessor, areOperationsFollowed } = this.parts;
    const used = areOperationsFollowed() ? onProcessor() : undefined;
    return used === undefined ? undefined : { at: now(), onProcessor: used };
  }

  private between(from: Beat, to: Beat): void {
    const { thresholdMicroseconds, takeId, sink } = this.parts;
    const startMicroseconds = from.at + BEAT_MICROSECONDS;
    const durationMicroseconds = to.at - startMicroseconds;
    const computed = to.onProcessor - from.onProcessor;
    if (durationMicroseconds <= thresholdMicroseconds || computed <= thresholdMicroseconds) return;
    if (!this.budget.mayKeep(to.at)) return;
    const times = { startMicroseconds, durationMicroseconds, thresholdMicroseconds };
    sink({ ...stallRecord({ id: takeId() }, times), end: 'ended' });
  }
}
