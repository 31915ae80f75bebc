import type { RuntimeUpdate, RuntimeView } from '../../../src/contracts/views/runtime.ts';
import { ThreadData, threadKey } from './thread-data.ts';

/** What is known of a recording: its view file, and the live rows since. */
export class RecordingData {
  /** Untrusted. */
  readonly name: string;
  readonly isLive: boolean;
  readonly #duration: number;
  readonly #threads: ThreadData[];

  constructor({ name, isLive, durationMilliseconds, threads }: RuntimeView) {
    this.name = name;
    this.isLive = isLive;
    this.#duration = durationMilliseconds;
    this.#threads = threads.map(thread => new ThreadData(thread));
  }

  get threads(): readonly ThreadData[] {
    return this.#threads;
  }

  /** Milliseconds. */
  get duration(): number {
    return Math.max(this.#duration, ...this.#threads.map(({ end }) => end));
  }

  /** The thread with this key, else the one that collected longest. */
  thread(key: string | undefined): ThreadData | undefined {
    const paused = ({ statistics }: ThreadData): number => statistics.all.totalMilliseconds;
    return (
      this.#threads.find(thread => thread.key === key) ??
      this.#threads.toSorted((a, b) => paused(b) - paused(a))[0]
    );
  }

  append(update: RuntimeUpdate): void {
    const key = threadKey(update);
    const known = this.#threads.find(thread => thread.key === key);
    if (known) known.append(update);
    else this.#threads.push(new ThreadData(update));
  }
}
