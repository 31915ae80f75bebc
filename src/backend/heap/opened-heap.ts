import path from 'node:path';
import type { HeapQuestion, HeapQuestions } from '../../contracts/heap-worker.ts';
import { HeapThread, type HeapThreadOptions } from './heap-thread.ts';

export type OpenHeapOptions = HeapThreadOptions;

/** A heap snapshot in a thread of its own, which is asked about it until `close`. */
export class OpenedHeap {
  readonly #thread: HeapThread<HeapQuestions>;

  private constructor(thread: HeapThread<HeapQuestions>) {
    this.#thread = thread;
  }

  /** Throws `file-not-readable`, `heap-snapshot-not-readable`, `heap-snapshot-too-big`, and why `signal` was aborted. */
  static async open(file: string, options: OpenHeapOptions): Promise<OpenedHeap> {
    return new OpenedHeap(await HeapThread.start<HeapQuestions>(path.resolve(file), options));
  }

  ask<Q extends HeapQuestion>(
    question: Q,
    ask: HeapQuestions[Q]['ask'],
  ): Promise<HeapQuestions[Q]['answer']> {
    return this.#thread.ask(question, ask);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
