/** A running program whose heap is written between epochs. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectedCost, isSafe, type TakenSnapshot } from '../../analysis/heap/snapshot-cost.ts';
import { LoadCommand } from '../../collect/load-command.ts';
import type { Recorder } from '../../collect/recorder.ts';
import type { HeapAnswer } from '../../contracts/agent.ts';
import type { ExpectedCost, LeaksDocument, LeakSnapshot } from '../../contracts/leaks.ts';
import { bytes, microseconds, type Milliseconds } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import { formatBytes, formatTime, rangeWords } from '../../format/numbers.ts';
import { containerFreeBytes } from '../memory/container-memory.ts';
import type { SnapshotComparison } from './compare-snapshots.ts';

export interface EpochOptions {
  readonly epochMilliseconds: Milliseconds;
  /** A shell command: an epoch is one run of it. */
  readonly load?: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface SnapshotOptions {
  /** Snapshots stay; without it they are removed when they have been read. */
  readonly kept?: KeptSnapshots;
  /** What is going on, for who waits. */
  readonly onNote?: (note: string) => void;
  /** The program goes on; what follows is our own work. */
  readonly onWritten?: () => void;
}

/** What a snapshot would be of, and what it would cost. */
export interface ExpectedSnapshot {
  readonly cost: ExpectedCost;
  /** Requests that were answered until now. */
  readonly requests: number;
}

export interface KeptSnapshots {
  /** Absolute path. */
  readonly folder: string;
  /** Without the contents of strings. */
  readonly isRedacted: boolean;
}

export interface TakenSnapshotOf {
  readonly snapshot: LeakSnapshot;
  /** Requests that were answered until then. */
  readonly requests: number;
}

/** Epochs of a program that is recorded with `leaks`, and a snapshot of its heap after each, compared with those before. */
export class TrackedProgram {
  #pid: number | undefined;
  readonly #costs: TakenSnapshot[] = [];
  readonly #taken: TakenSnapshotOf[] = [];

  /** `folder`: for what does not stay. */
  constructor(
    readonly recorder: Recorder,
    readonly folder: string,
    readonly comparison: SnapshotComparison,
    readonly options: SnapshotOptions = {},
  ) {}

  get taken(): readonly TakenSnapshotOf[] {
    return this.#taken;
  }

  /** What the snapshots say that have been taken until now. Throws `heap-snapshots-few`. */
  document(name: string): Promise<LeaksDocument> {
    const requests = this.#taken.map(each => each.requests);
    const counts = requests.slice(1).map((count, at) => count - requests[at]!);
    return this.comparison.document({ name, operations: { of: 'request', counts } });
  }

  /** Whether the program still ran at its end. Throws `leaks-load-failed`. */
  async epoch(options: EpochOptions): Promise<boolean> {
    const ended = new AbortController();
    const gone = this.recorder.saved.then(() => false);
    const lasted = work(options, ended.signal).then(() => true);
    try {
      return await Promise.race([gone, lasted]);
    } finally {
      ended.abort();
      await lasted.catch(() => undefined);
    }
  }

  /** What a snapshot would cost now; `undefined` when the program has ended, or has not begun. */
  async expected(): Promise<ExpectedSnapshot | undefined> {
    const heap = await this.#look();
    return heap && { cost: this.#costOf(heap), requests: heap.look.requests };
  }

  /**
   * `undefined` when the program has ended. Throws `heap-snapshot-unsafe`, `heap-snapshot-failed`, and what reading it throws:
   * then those before can be compared all the same. `isForced`: although it may not fit into the memory.
   */
  async snapshot(isForced: boolean): Promise<TakenSnapshotOf | undefined> {
    const before = await this.#look();
    if (!before) return undefined;
    const expected = this.#checked(before, isForced);
    const file = this.#file(this.#taken.length);
    const growing = this.comparison.addGrowing(file);
    const answer = await this.recorder.snapshot(before.pid, file);
    if (!answer || answer.problem !== undefined) {
      await growing.failed();
      // It is not whole.
      await fs.rm(file, { force: true });
      if (!answer) return undefined;
      throw new UserError('heap-snapshot-failed', { pid: before.pid, detail: answer.problem ?? '' });
    }
    this.options.onWritten?.();
    const { look } = answer;
    const measured = {
      pauseMicroseconds: microseconds(Math.round(look.pauseMicroseconds)),
      extraBytes: bytes(look.extraBytes),
      fileBytes: bytes((await fs.stat(file)).size),
    };
    const kept = this.options.kept && path.join(this.options.kept.folder, path.basename(file));
    const known = { ...(kept === undefined ? {} : { file: kept }), cost: { expected, measured } };
    const snapshot = await growing.written(known);
    this.#costs.push({ usedBytes: look.usedBytes, objects: snapshot.objects, cost: measured });
    if (kept !== undefined && kept !== file) await this.comparison.redact(kept);
    // The one before is not needed any more.
    if (kept !== file) await fs.rm(this.#file(this.#taken.length - 1), { force: true });
    const taken = { snapshot, requests: look.requests };
    this.#taken.push(taken);
    return taken;
  }

  /** Where a snapshot is written. */
  #file(number: number): string {
    const { kept } = this.options;
    const folder = kept && !kept.isRedacted ? kept.folder : this.folder;
    return path.join(folder, `${String(number).padStart(2, '0')}.heapsnapshot`);
  }

  /** Of several processes the one with the largest heap, from the first time on. */
  async #look(): Promise<HeapAnswer | undefined> {
    const heaps = (await this.recorder.heaps()).filter(({ problem }) => problem === undefined);
    const largest = heaps.toSorted((a, b) => b.look.usedBytes - a.look.usedBytes)[0];
    this.#pid ??= largest?.pid;
    return heaps.find(({ pid }) => pid === this.#pid);
  }

  #costOf({ look }: Pick<HeapAnswer, 'look'>): ExpectedCost {
    return expectedCost(look, this.#costs, os.loadavg()[0]! / os.availableParallelism());
  }

  #checked({ pid, look }: HeapAnswer, isForced: boolean): ExpectedCost {
    const expected = this.#costOf({ look });
    const free = Math.min(look.freeBytes, containerFreeBytes(pid) ?? Number.POSITIVE_INFINITY);
    const values = {
      pid,
      used: formatBytes(bytes(look.usedBytes)),
      extra: rangeWords(formatBytes, expected.leastExtraBytes, expected.mostExtraBytes),
      free: formatBytes(bytes(free)),
      pause: rangeWords(formatTime, expected.leastPauseMicroseconds, expected.mostPauseMicroseconds),
    };
    if (!isForced && !isSafe(expected, free)) throw new UserError('heap-snapshot-unsafe', values);
    this.options.onNote?.(
      `snapshot ${this.#taken.length + 1} of a heap of ${values.used}: a pause of ${values.pause}, ${values.extra} more memory, a file of about ${formatBytes(expected.fileBytes)}`,
    );
    return expected;
  }
}

async function work(options: EpochOptions, signal: AbortSignal): Promise<void> {
  const { load, cwd, environment, epochMilliseconds } = options;
  if (load === undefined) {
    await sleep(epochMilliseconds, undefined, { signal }).catch(() => undefined);
    return;
  }
  const command = new LoadCommand(load, { cwd, environment });
  signal.addEventListener('abort', () => command.end());
  const status = await new Promise<string>(resolve => command.once('exit', resolve));
  if (status !== '0' && !signal.aborted) throw new UserError('leaks-load-failed', { load, status });
}
