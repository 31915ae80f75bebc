/** A running program whose heap is written between epochs. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectedCost, isSafe, type TakenSnapshot } from '../../analysis/heap/snapshot-cost.ts';
import { LoadCommand } from '../../collect/load-command.ts';
import type { Recorder } from '../../collect/recorder.ts';
import type { HeapAnswer } from '../../contracts/agent.ts';
import type { SnapshotCost } from '../../contracts/leaks.ts';
import { bytes, microseconds, type Milliseconds } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import { formatBytes, formatTime } from '../../format/numbers.ts';

export interface EpochOptions {
  readonly epochMilliseconds: Milliseconds;
  /** A shell command: an epoch is one run of it. */
  readonly load?: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly isForced: boolean;
  /** What is going on, for who waits. */
  readonly onNote: (note: string) => void;
}

export interface TakenFile {
  readonly file: string;
  readonly cost: { readonly expected: SnapshotCost; readonly measured: SnapshotCost };
  /** Requests that were answered until then. */
  readonly requests: number;
}

export class TrackedProgram {
  #pid: number | undefined;
  #before: TakenSnapshot | undefined;
  #taken = 0;

  constructor(
    readonly recorder: Recorder,
    readonly folder: string,
    readonly options: EpochOptions,
  ) {}

  /** Whether the program still ran at its end. Throws `leaks-load-failed`. */
  async epoch(): Promise<boolean> {
    const ended = new AbortController();
    const gone = this.recorder.saved.then(() => false);
    const lasted = this.#work(ended.signal).then(() => true);
    try {
      return await Promise.race([gone, lasted]);
    } finally {
      ended.abort();
      await lasted.catch(() => undefined);
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { load, cwd, environment, epochMilliseconds } = this.options;
    if (load === undefined) {
      await sleep(epochMilliseconds, undefined, { signal }).catch(() => undefined);
      return;
    }
    const command = new LoadCommand(load, { cwd, environment });
    signal.addEventListener('abort', () => command.end());
    const status = await new Promise<string>(resolve => command.once('exit', resolve));
    if (status !== '0' && !signal.aborted) throw new UserError('leaks-load-failed', { load, status });
  }

  /** `undefined` when the program has ended. Throws `heap-snapshot-unsafe`, `heap-snapshot-failed`. */
  async snapshot(): Promise<TakenFile | undefined> {
    const before = await this.#look();
    if (!before) return undefined;
    const expected = this.#checked(before);
    const file = path.join(this.folder, `${String(this.#taken++).padStart(2, '0')}.heapsnapshot`);
    const answer = await this.recorder.snapshot(before.pid, file);
    if (!answer) return undefined;
    if (answer.problem !== undefined)
      throw new UserError('heap-snapshot-failed', { pid: before.pid, detail: answer.problem });
    const { look } = answer;
    const measured = {
      pauseMicroseconds: microseconds(Math.round(look.pauseMicroseconds)),
      extraBytes: bytes(look.extraBytes),
      fileBytes: bytes((await fs.stat(file)).size),
    };
    this.#before = { usedBytes: look.usedBytes, cost: measured };
    return { file, cost: { expected, measured }, requests: look.requests };
  }

  /** Of several processes the one with the largest heap, from the first time on. */
  async #look(): Promise<HeapAnswer | undefined> {
    const heaps = (await this.recorder.heaps()).filter(({ problem }) => problem === undefined);
    const largest = heaps.toSorted((a, b) => b.look.usedBytes - a.look.usedBytes)[0];
    this.#pid ??= largest?.pid;
    return heaps.find(({ pid }) => pid === this.#pid);
  }

  #checked({ pid, look }: HeapAnswer): SnapshotCost {
    const expected = expectedCost(look.usedBytes, this.#before);
    const values = {
      pid,
      used: formatBytes(bytes(look.usedBytes)),
      extra: formatBytes(expected.extraBytes),
      free: formatBytes(bytes(look.freeBytes)),
      pause: formatTime(expected.pauseMicroseconds),
    };
    if (!this.options.isForced && !isSafe(expected, look.freeBytes))
      throw new UserError('heap-snapshot-unsafe', values);
    this.options.onNote(
      `snapshot ${this.#taken + 1} of a heap of ${values.used}: a pause of about ${values.pause}, ${values.extra} more memory, a file of ${formatBytes(expected.fileBytes)}`,
    );
    return expected;
  }
}
