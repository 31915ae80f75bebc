import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../entry-point.ts';
import type { SalesRow } from './sales.ts';

export type ReportQuestion = { id: number; year: number } | 'close';
export interface ReportAnswer {
  id: number;
  rows: SalesRow[];
}

interface Pending {
  resolve: (rows: SalesRow[]) => void;
  reject: (error: Error) => void;
}

/** One worker thread for all reports, started with the first. A worker that dies fails what it was asked. */
export class ReportWorker {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #pending = new Map<number, Pending>();

  salesOf(year: number): Promise<SalesRow[]> {
    this.#worker ??= this.#start();
    const id = ++this.#lastId;
    this.#worker.postMessage({ id, year } satisfies ReportQuestion);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    if (this.#worker === undefined) return;
    const exited = once(this.#worker, 'exit');
    this.#worker.postMessage('close' satisfies ReportQuestion);
    await exited;
  }

  #start(): Worker {
    const worker = startWorker('worker', import.meta.url);
    let cause: unknown;
    worker.on('message', ({ id, rows }: ReportAnswer) => {
      this.#pending.get(id)?.resolve(rows);
      this.#pending.delete(id);
    });
    worker.on('error', error => (cause = error));
    worker.on('exit', code => this.#stop(new Error(`report worker ended with ${code}`, { cause })));
    return worker;
  }

  #stop(error: Error): void {
    this.#worker = undefined;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
