/** Stalls of a worker thread get their stack from the samples that were taken meanwhile, when these have come. */
import type { OperationRecord } from '../../contracts/operations.ts';
import { Routes } from '../operations/route-counts.ts';
import { causedBy } from '../stalls/stall-record.ts';
import type { OperationsNews } from './contract.ts';
import { spanOf } from './cut-profile.ts';
import { sampledStack } from './sampled-stack.ts';

/** What a thread has told of itself: it cannot know its stack. */
export const isUnexplained = ({ kind, stack }: OperationRecord): boolean => kind === 'stall' && !stack;

export class SampledStalls {
  private readonly routes = new Routes();
  private waiting: OperationRecord[] = [];
  /** A stall may be told of after the segment that it lies in. */
  private newest = '';

  constructor(private readonly sink: (news: OperationsNews) => void) {}

  /** Since when one is still to be told of. */
  get since(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.waiting.map(each => each.startMicroseconds));
  }

  take(stalls: readonly OperationRecord[]): void {
    if (stalls.length === 0) return;
    this.waiting.push(...stalls);
    this.explain();
  }

  segment(profile: string): void {
    this.newest = profile;
    this.explain();
  }

  /** No more samples come. */
  end(): void {
    for (const stall of this.waiting.splice(0)) this.tell(causedBy(stall, []));
  }

  private explain(): void {
    const span = this.waiting.length > 0 ? spanOf(this.newest) : undefined;
    if (!span) return;
    const isOver = (stall: OperationRecord): boolean => endOf(stall) <= span.to;
    const told = this.waiting.filter(isOver);
    this.waiting = this.waiting.filter(stall => !isOver(stall));
    for (const stall of told) {
      const during = { from: stall.startMicroseconds, to: endOf(stall) };
      this.tell({ ...causedBy(stall, sampledStack(this.newest, during)), isSampled: true });
    }
  }

  private tell(record: OperationRecord): void {
    const { kind, name, thresholdMicroseconds, durationMicroseconds, startMicroseconds } = record;
    const route = this.routes.of(kind, name);
    route.keptCount++;
    route.add({ kind, name, thresholdMicroseconds, durationMicroseconds, isSlow: true, isError: false });
    this.sink({
      atMicroseconds: startMicroseconds,
      kept: [{ record }],
      routes: this.routes.takeChanged(),
      problems: [],
      hooksMicroseconds: 0,
    });
  }
}

const endOf = ({ startMicroseconds, durationMicroseconds }: OperationRecord): number =>
  startMicroseconds + durationMicroseconds;
