/** The use case behind `leaks a.heapsnapshot b.heapsnapshot …`. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { ComparisonQuestions, CountedOperations, ReadSnapshot } from '../../contracts/heap-worker.ts';
import type { LeaksDocument, LeakSnapshot } from '../../contracts/leaks.ts';
import { bytes } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import { HeapThread, type HeapThreadOptions } from '../heap/heap-thread.ts';

export type ComparisonOptions = HeapThreadOptions;

/** What the document says beside its verdicts. */
export interface ComparedProgram {
  readonly name?: string;
  readonly operations?: CountedOperations;
}

/** `files` in the order in which they were taken. Throws a `UserError`, and why `signal` was aborted. */
export async function compareSnapshots(
  files: readonly string[],
  options: ComparisonOptions,
): Promise<LeaksDocument> {
  if (files.length < 2) throw new UserError('heap-snapshots-few', { count: files.length });
  const comparison = await SnapshotComparison.open(options);
  try {
    for (const file of files) await comparison.add(file, { file });
    return await comparison.document();
  } finally {
    await comparison.close();
  }
}

export interface GrowingSnapshot {
  /** All of it is in the file. Throws as `add`. */
  written(known: Pick<LeakSnapshot, 'file' | 'cost'>): Promise<LeakSnapshot>;
  /** It will not be whole: the comparison is what it was before. */
  failed(): Promise<void>;
}

/** Takes snapshots one by one, in a thread of its own that holds the graph of the last one only, until `close`. */
export class SnapshotComparison {
  readonly #snapshots: LeakSnapshot[] = [];
  readonly #salt = randomBytes(16).toString('hex');
  readonly #thread: HeapThread<ComparisonQuestions>;
  readonly #options: ComparisonOptions;

  private constructor(thread: HeapThread<ComparisonQuestions>, options: ComparisonOptions) {
    this.#thread = thread;
    this.#options = options;
    options.signal?.addEventListener('abort', this.#abort, { once: true });
  }

  static async open(options: ComparisonOptions): Promise<SnapshotComparison> {
    return new SnapshotComparison(await HeapThread.start<ComparisonQuestions>(undefined, options), options);
  }

  /**
   * The file has to stay until the next one has been added. Throws `file-not-readable`, `heap-snapshot-not-readable`,
   * `heap-snapshot-too-big`; what came before can be compared all the same.
   */
  async add(file: string, known: Pick<LeakSnapshot, 'file' | 'cost'>): Promise<LeakSnapshot> {
    return this.#added(await this.#thread.ask('add', { file, isGrowing: false }), known);
  }

  /** The same of a file that is just being written, which is read meanwhile. */
  addGrowing(file: string): GrowingSnapshot {
    const read = this.#thread.ask('add', { file, isGrowing: true });
    // Whoever writes it may have failed before.
    read.catch(() => undefined);
    const written = (): Promise<undefined> => this.#thread.ask('written', undefined);
    return {
      written: async known => {
        await written();
        return this.#added(await read, known);
      },
      failed: async () => {
        await written();
        await read.catch(() => undefined);
      },
    };
  }

  #added({ fileBytes, ...counts }: ReadSnapshot, known: Pick<LeakSnapshot, 'file' | 'cost'>): LeakSnapshot {
    const snapshot = { ...known, ...counts, fileBytes: bytes(fileBytes) };
    this.#snapshots.push(snapshot);
    return snapshot;
  }

  /** Copies the last one without the contents of its strings, absolute path. Throws `file-not-writable`. */
  async redact(to: string): Promise<void> {
    await this.#thread.ask('redact', { to, salt: this.#salt });
  }

  /** Of all that has been added. Throws `heap-snapshots-few`, `heap-snapshots-unrelated`. */
  async document({ name, operations }: ComparedProgram = {}): Promise<LeaksDocument> {
    const snapshots = [...this.#snapshots];
    const ask = { dist: this.#options.dist, ...(operations ? { operations } : {}) };
    return {
      version: 1,
      name: name ?? snapshots.map(({ file = '' }) => path.basename(file)).join(', '),
      snapshots,
      ...(operations?.counts.every(count => count > 0) ? { operations } : {}),
      verdicts: await this.#thread.ask('verdicts', ask),
      problems: [],
    };
  }

  async close(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#abort);
    await this.#thread.close();
  }

  readonly #abort = (): void => void this.#thread.close(this.#options.signal?.reason as Error);
}
