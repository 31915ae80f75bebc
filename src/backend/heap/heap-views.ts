/** Heap snapshots that are open in an editor: each in a thread of its own, until its view is closed. */
import path from 'node:path';
import type { HeapProgress, HeapQuestion, HeapQuestions } from '../../contracts/heap-worker.ts';
import type { HeapSummary } from '../../contracts/heap-rows.ts';
import { UserError } from '../../contracts/user-error.ts';
import { OpenedHeap } from './opened-heap.ts';

export interface HeapViewsOptions {
  /** The folder that the build has written. */
  readonly dist: string;
  readonly onProgress: (id: string, progress: HeapProgress) => void;
}

interface HeapView {
  readonly heap: Promise<OpenedHeap>;
  readonly closing: AbortController;
}

export class HeapViews {
  /** By the name that the editor gives them. */
  readonly #views = new Map<string, HeapView>();
  readonly #options: HeapViewsOptions;

  constructor(options: HeapViewsOptions) {
    this.#options = options;
  }

  /** `id` is a new one each time. Throws as `OpenedHeap.open`, and `view-gone` when it is closed meanwhile. */
  async open(id: string, file: string): Promise<HeapSummary> {
    const { dist, onProgress } = this.#options;
    const closing = new AbortController();
    const heap = OpenedHeap.open(file, {
      dist,
      signal: closing.signal,
      onProgress: progress => onProgress(id, progress),
    });
    const view = { heap, closing };
    this.#views.set(id, view);
    try {
      return await (await heap).ask('summary', { name: path.basename(file) });
    } catch (error) {
      await this.close(id);
      throw error;
    }
  }

  /** Throws `view-gone`. */
  async ask<Q extends HeapQuestion>(
    id: string,
    question: Q,
    ask: HeapQuestions[Q]['ask'],
  ): Promise<HeapQuestions[Q]['answer']> {
    const view = this.#views.get(id);
    if (!view) throw new UserError('view-gone');
    return (await view.heap).ask(question, ask);
  }

  /** Ends its thread, also while the file is still read. */
  async close(id: string): Promise<null> {
    const view = this.#views.get(id);
    this.#views.delete(id);
    if (!view) return null;
    view.closing.abort(new UserError('view-gone'));
    // Who has asked to open it is told why that failed.
    await view.heap.then(heap => heap.close()).catch(() => undefined);
    return null;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#views.keys()].map(id => this.close(id)));
  }
}
