import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  HeapFailure,
  HeapProgress,
  HeapRequest,
  HeapWorkerData,
  HeapWorkerMessage,
} from '../../contracts/heap-worker.ts';
import { UserError } from '../../contracts/user-error.ts';
import { mostHeapBytes } from './memory-limit.ts';

/** Of V8's own heap in the thread: names and rows. The columns lie outside of it (`mostHeapBytes`). */
const MOST_MEGABYTES = 512;

export interface HeapThreadOptions {
  /** The folder that the build has written. */
  readonly dist: string;
  readonly onProgress?: (progress: HeapProgress) => void;
  /** Ends the thread while it is opened; its reason is thrown then. */
  readonly signal?: AbortSignal;
  /** What its columns may take; else what is free. */
  readonly mostBytes?: number;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A table of questions: what is asked, and what is answered. */
type Table<Questions> = {
  readonly [Q in keyof Questions]: { readonly ask: unknown; readonly answer: unknown };
};

/** The host's end of a thread that reads heap snapshots (`worker.ts`), until `close`. */
export class HeapThread<Questions extends Table<Questions>> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Throws what the thread fails with: see `readSnapshot`. */
  static async start<Questions extends Table<Questions>>(
    file: string | undefined,
    { dist, onProgress, signal, mostBytes = mostHeapBytes() }: HeapThreadOptions,
  ): Promise<HeapThread<Questions>> {
    signal?.throwIfAborted();
    const worker = new Worker(path.join(dist, 'heap-worker.cjs'), {
      workerData: { ...(file === undefined ? {} : { file }), mostBytes } satisfies HeapWorkerData,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
      // What the host was started with is not meant for it.
      execArgv: [],
    });
    const thread = new HeapThread<Questions>(worker);
    const abort = (): void => thread.#ended(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await thread.#ready(onProgress);
      return thread;
    } catch (error) {
      await worker.terminate();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  ask<Q extends keyof Questions & string>(
    question: Q,
    ask: Questions[Q]['ask'],
  ): Promise<Questions[Q]['answer']> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, question, ask } satisfies HeapRequest);
    });
  }

  /** What is asked and not answered yet is rejected with `reason`. */
  async close(reason: Error = new UserError('view-gone')): Promise<void> {
    this.#ended(reason);
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
    else waiting?.resolve(message.kind === 'answer' ? message.answer : undefined);
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
