/**
 * Takes exact stacks of the main thread while the sampler runs, at random times: as many as the repair of inlined
 * functions needs, and few enough not to be felt: 0.1–0.3 ms of the thread each, and as much of the collector.
 */
import type { StackRecord } from '../../contracts/recording.ts';
import { now } from '../clock.ts';

/** A program of a few seconds is to have enough of them: the first ones come faster. Milliseconds up to so many stacks. */
const FIRST_PACES = [
  { stacks: 120, milliseconds: 10 },
  { stacks: 240, milliseconds: 20 },
] as const;
const USUAL_MILLISECONDS = 100;
/** A thread that has nothing to do is left in peace. */
const LONGEST_MILLISECONDS = 480;
/** What comes later came from where the thread was held up (native code, garbage collection), not from where it was. */
const LATEST_MICROSECONDS = 2000;
const LINE = /^(\d+):(\d+):(.*)$/;

/** Answers the stack as `exactStack` draws it. */
type TakeStack = () => Promise<string>;

export class ExactStacks {
  private readonly counts = new Map<string, number>();
  private taken = 0;
  private idle = 1;
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(
    private readonly take: TakeStack,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    const first = FIRST_PACES.find(({ stacks }) => this.taken < stacks);
    const usual = first?.milliseconds ?? USUAL_MILLISECONDS;
    const milliseconds = Math.min(LONGEST_MILLISECONDS, usual * this.idle) * (0.5 + Math.random());
    this.timer = setTimeout(() => void this.next(), milliseconds);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** What came in since the last call, equal stacks as one. */
  collect(): StackRecord[] {
    const records = Array.from(this.counts, ([drawn, count]) => ({ count, frames: framesOf(drawn) }));
    this.counts.clear();
    return records;
  }

  private async next(): Promise<void> {
    const asked = now();
    try {
      const drawn = await this.take();
      this.note(drawn, now() - asked);
    } catch (error) {
      // The thread may have let go of us while we were asking.
      if (!this.ended) this.failed(error);
    }
    if (!this.ended) this.start();
  }

  private note(drawn: string, microseconds: number): void {
    this.idle = drawn === '' ? this.idle * 2 : 1;
    if (drawn === '' || microseconds > LATEST_MICROSECONDS) return;
    this.taken++;
    this.counts.set(drawn, (this.counts.get(drawn) ?? 0) + 1);
  }
}

function framesOf(drawn: string): StackRecord['frames'] {
  return drawn.split('\n').flatMap(row => {
    const [, line, column, file] = LINE.exec(row) ?? [];
    return file === undefined ? [] : [{ file, line: Number(line), column: Number(column) }];
  });
}
