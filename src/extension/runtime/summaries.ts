import type { RuntimeUpdate } from '../../contracts/views/runtime.ts';
import { gcSummary } from '../../format/gc-summary.ts';

interface Summary {
  /** Of which thread. */
  readonly thread: string;
  readonly pausedMilliseconds: number;
}

/** What matters of the runtime of live recordings: of each the thread that has collected longest. */
export class RuntimeSummaries {
  /** By recording: `GC 3.2 % · p95 12 ms`. */
  readonly texts = new Map<string, string>();
  readonly #shown = new Map<string, Summary>();

  add({ id, pid, threadId, statistics }: RuntimeUpdate): void {
    const thread = `${pid}:${threadId}`;
    const pausedMilliseconds = statistics.all.totalMilliseconds;
    const shown = this.#shown.get(id);
    if (shown && shown.thread !== thread && shown.pausedMilliseconds >= pausedMilliseconds) return;
    this.#shown.set(id, { thread, pausedMilliseconds });
    this.texts.set(id, gcSummary(statistics));
  }

  delete(id: string): void {
    this.#shown.delete(id);
    this.texts.delete(id);
  }
}
