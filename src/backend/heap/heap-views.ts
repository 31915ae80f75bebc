/** Heap snapshots that an editor looks at: each in a thread of its own until its view is closed, or several compared. */
import path from 'node:path';
import type { HeapProgress, HeapQuestion, HeapQuestions } from '../../contracts/heap-worker.ts';
import type { HeapSummary } from '../../contracts/heap-rows.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import { UserError } from '../../contracts/user-error.ts';
import { compareSnapshots } from '../leaks/compare-snapshots.ts';
import type { HeapThreadOptions } from './heap-thread.ts';
import { OpenedHeap } from './opened-heap.ts';

export interface HeapViewsOptions {
  /** The folder that the build has written. */
  readonly dist: string;
  readonly onProgress: (id: string, progress: HeapProgress) => void;
}

interface HeapView {
  /** Absent while it is a comparison, which is over with its answer. */
  readonly heap?: Promise<OpenedHeap>;
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
    const closing = new AbortController();
    const heap = OpenedHeap.open(file, this.#threadOptions(id, closing));
    this.#views.set(id, { heap, closing });
    try {
      return await (await heap).ask('summary', { name: path.basename(file) });
    } catch (error) {
      await this.close(id);
      throw error;
    }
  }

  /** Throws as `compareSnapshots`, and `view-gone` when it is closed meanwhile. */
  async compare(id: string, files: readonly string[]): Promise<LeaksDocument> {
    const closing = new AbortController();
    this.#views.set(id, { closing });
    try {
      return await compareSnapshots(files, this.#threadOptions(id, closing));
    } finally {
      this.#views.delete(id);
    }
  }

  /** Throws `view-gone`. */
  async ask<Q extends HeapQuestion>(
    id: string,
    question: Q,
    ask: HeapQuestions[Q]['ask'],
  ): Promise<HeapQuestions[Q]['answer']> {
    const heap = this.#views.get(id)?.heap;
    if (!heap) throw new UserError('view-gone');
    return (await heap).ask(question, ask);
  }

  /** Ends its thread, also while a file is still read. */
  async close(id: string): Promise<null> {
    const view = this.#views.get(id);
    this.#views.delete(id);
    view?.closing.abort(new UserError('view-gone'));
    // Who has asked to open it is told why that failed.
    await view?.heap?.then(heap => heap.close()).catch(() => undefined);
    return null;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#views.keys()].map(id => this.close(id)));
  }

  #threadOptions(id: string, { signal }: AbortController): HeapThreadOptions {
    const { dist, onProgress } = this.#options;
    return { dist, signal, onProgress: progress => onProgress(id, progress) };
  }
}
