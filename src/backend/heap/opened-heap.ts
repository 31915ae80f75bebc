import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  HeapFailure,
  HeapProgress,
  HeapQuestion,
  HeapQuestions,
  HeapRequest,
  HeapWorkerData,
  HeapWorkerMessage,
} from '../../contracts/heap-worker.ts';
import { UserError } from '../../contracts/user-error.ts';
import { mostHeapBytes } from './memory-limit.ts';

/** Of V8's own heap in the thread: names and rows. The columns lie outside of it (`mostHeapBytes`). */
const MOST_MEGABYTES = 512;

export interface OpenHeapOptions {
  /** The folder that the build has written. */
  readonly dist: string;
  readonly onProgress?: (progress: HeapProgress) => void;
  /** Ends the thread; `open` throws its reason then. */
  readonly signal?: AbortSignal;
  /** What its columns may take; else what is free. */
  readonly mostBytes?: number;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** A heap snapshot in a thread of its own, which is asked about it until `close`. */
export class OpenedHeap {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Throws `file-not-readable`, `heap-snapshot-not-readable`, `heap-snapshot-too-big`. */
  static async open(file: string, options: OpenHeapOptions): Promise<OpenedHeap> {
    const { dist, onProgress, signal, mostBytes = mostHeapBytes() } = options;
    signal?.throwIfAborted();
    const worker = new Worker(path.join(dist, 'heap-worker.cjs'), {
      workerData: { file: path.resolve(file), mostBytes } satisfies HeapWorkerData,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
      // What the host was started with is not meant for it.
      execArgv: [],
    });
    const heap = new OpenedHeap(worker);
    const abort = (): void => heap.#ended(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await heap.#ready(onProgress);
      return heap;
    } catch (error) {
      await worker.terminate();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  ask<Q extends HeapQuestion>(
    question: Q,
    ask: HeapQuestions[Q]['ask'],
  ): Promise<HeapQuestions[Q]['answer']> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, question, ask } satisfies HeapRequest<Q>);
    });
  }

  async close(): Promise<void> {
    this.#ended(new UserError('view-gone'));
    await this.#worker.terminate();
  }

  #ready(onProgress?: (progress: HeapProgress) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      // Question 0: whether it is open.
      this.#waiting.set(0, { resolve: () => resolve(), reject });
      this.#worker.on('message', (message: HeapWorkerMessage) => {
        if (message.kind === 'progress') onProgress?.(message.progress);
        else this.#take(message);
      });
      this.#worker.on('error', error => this.#ended(errorOf(error)));
      this.#worker.on('exit', () =>
        this.#ended(new UserError('internal', { detail: 'its thread has ended' })),
      );
    });
  }

  #take(message: Exclude<HeapWorkerMessage, { kind: 'progress' }>): void {
    const id = 'id' in message ? message.id : 0;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (message.kind === 'failed' || message.kind === 'refused') waiting?.reject(madeAnew(message.failure));
    else waiting?.resolve((message.kind === 'answer' ? message.answer : undefined) as never);
  }

  /** Nobody will answer any more. */
  #ended(reason: Error): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

const madeAnew = ({ code, values }: HeapFailure): UserError => new UserError(code, values);

function errorOf(error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const values = { objects: 'more names than fit', needs: `more than ${MOST_MEGABYTES} MB` };
  return new UserError('heap-snapshot-too-big', values, error);
}
