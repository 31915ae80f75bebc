/**
 * Snapshots of this process's own heap, compared by Slowcatch's command line in a process of its own: what comparing takes is
 * no memory of this one, and nothing of it stands in the next snapshot. It needs no recording: it is for tests.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import type { LeaksDocument, LeakVerdict } from '../contracts/leaks.ts';

/** Put in by the build: the folder of the bundles. */
declare const SLOWCATCH_DIST: string;

export type { LeakKind, LeakReason, LeakState, LeakVerdict } from '../contracts/leaks.ts';

export interface LeakOptions {
  /** How often the work is repeated after a first time that warms up; 3 by default, fewer tell nothing for sure. */
  readonly epochs?: number;
  /** How many operations the work of one epoch is: counts and bytes of a verdict are then told for each, too. */
  readonly operations?: number;
}

export interface LeakTracker {
  /**
   * Ends an epoch, for work that is not simply repeated: with a call of it the function is run once, and the first call ends
   * the warm-up.
   */
  epoch(): Promise<void>;
  /** What the snapshots say that were taken until now; nothing before the second one. */
  getLeaks(): Promise<LeakVerdict[]>;
}

/**
 * Runs the work again and again, with a snapshot of the heap after each time, and tells what grows:
 *
 *     const verdicts = await trackMemoryLeaks(async () => {
 *       for (let n = 0; n < 100; n++) await handle(request(n));
 *     });
 *     assert.deepEqual(verdicts.filter(({ verdict }) => verdict === 'leak'), []);
 *
 * Leaks come first. A snapshot stops the process for a moment and takes many times the live heap in memory. Rejects with
 * what the work throws, and where snapshots cannot be written.
 */
export async function trackMemoryLeaks(
  work: (tracker: LeakTracker) => unknown,
  { epochs = 3, operations }: LeakOptions = {},
): Promise<LeakVerdict[]> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'slowcatch-leaks-'));
  try {
    const snapshots = new OwnSnapshots(folder, operations);
    await work(snapshots);
    if (!snapshots.isGuided) await repeat(work, snapshots, epochs);
    return await snapshots.getLeaks();
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function repeat(
  work: (tracker: LeakTracker) => unknown,
  snapshots: OwnSnapshots,
  epochs: number,
): Promise<void> {
  await snapshots.take();
  for (let epoch = 0; epoch < epochs; epoch++) {
    await work(snapshots);
    await snapshots.take();
  }
}

class OwnSnapshots implements LeakTracker {
  readonly #files: string[] = [];
  /** The work itself says where epochs end. */
  isGuided = false;

  constructor(
    readonly folder: string,
    readonly operations: number | undefined,
  ) {}

  epoch = async (): Promise<void> => {
    this.isGuided = true;
    await this.take();
  };

  getLeaks = async (): Promise<LeakVerdict[]> => {
    if (this.#files.length < 2) return [];
    const { verdicts } = await compared(this.#files);
    return verdicts.map(each => this.#perOperation(each));
  };

  /** After what the last operations have left to be done. */
  async take(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    const file = path.join(this.folder, `${this.#files.length}.heapsnapshot`);
    v8.writeHeapSnapshot(file, { exposeNumericValues: true });
    this.#files.push(file);
  }

  #perOperation(verdict: LeakVerdict): LeakVerdict {
    if (this.operations === undefined) return verdict;
    const total = this.operations * (this.#files.length - 1);
    const count = verdict.countPerEpoch.reduce((sum, each) => sum + each, 0) / total;
    return { ...verdict, perOperation: { of: 'operation', count, bytes: verdict.retainedBytes / total } };
  }
}

const LEAKS_STATUS = 1;
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

function compared(files: readonly string[]): Promise<LeaksDocument> {
  const cli = path.join(SLOWCATCH_DIST, 'cli.cjs');
  // What this process was started with is not meant for the other one.
  const { NODE_OPTIONS: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const args = [cli, 'leaks', '--json', ...files];
    execFile(process.execPath, args, { env, maxBuffer: MOST_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (error && error.code !== LEAKS_STATUS) reject(new Error(stderr.trim() || error.message));
      else resolve(JSON.parse(stdout) as LeaksDocument);
    });
  });
}
