/** The `runtime.ndjson` files of a recording, read as far as they are written, and on. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST_FILE, RUNTIME_FILE, THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import {
  ManifestSchema,
  RuntimeRecordSchema,
  type RuntimeRecord,
  type ThreadRecord,
} from '../contracts/recording.ts';
import type { RuntimeUpdate, RuntimeView } from '../contracts/views/runtime.ts';
import {
  originOf,
  runtimeUpdate,
  runtimeView,
  threadSummary,
  type RuntimeInput,
  type ThreadSummary,
} from '../present/runtime/runtime-view.ts';
import { readJsonFile } from './json-file.ts';
import { parseLines } from './ndjson.ts';
import { readFrom } from './read-from.ts';
import { byNumbers } from './recorded-threads.ts';
import { firstSampleAt } from './thread-segments.ts';

export class RuntimeTail {
  private readonly threads = new Map<string, TailedThread>();
  private origin: number | undefined;
  private reading: Promise<RuntimeUpdate[]> = Promise.resolve([]);

  private constructor(
    readonly id: string,
    private readonly folder: string,
  ) {}

  static async open(id: string, folder: string): Promise<RuntimeTail> {
    const tail = new RuntimeTail(id, folder);
    await tail.readNew();
    return tail;
  }

  /** What has been written since the last call. */
  read(): Promise<RuntimeUpdate[]> {
    // Who has called before was told what went wrong then.
    this.reading = this.reading.catch(() => []).then(() => this.readNew());
    return this.reading;
  }

  /** Everything that has been read. */
  view(name: string, isLive: boolean): RuntimeView {
    // Later rows have the zero of those that are shown.
    if (this.inputs.length > 0) this.origin = this.zero;
    return runtimeView(name, this.inputs, isLive, this.zero);
  }

  private get inputs(): RuntimeInput[] {
    return [...this.threads.values()].flatMap(({ thread, records }) => (thread ? [{ thread, records }] : []));
  }

  private get zero(): number {
    return this.origin ?? originOf(this.inputs);
  }

  private async readNew(): Promise<RuntimeUpdate[]> {
    const names = (await fs.readdir(this.folder)).filter(name => THREAD_FOLDER_PATTERN.test(name));
    const fresh: [TailedThread, readonly RuntimeRecord[]][] = [];
    for (const name of names.sort(byNumbers)) {
      const thread = this.threads.get(name) ?? new TailedThread(path.join(this.folder, name));
      this.threads.set(name, thread);
      fresh.push([thread, await thread.readNew()]);
    }
    this.origin ??= await this.firstMoment();
    return fresh.flatMap(([thread, records]) => thread.update(this.id, records, this.zero));
  }

  /** The zero of all times of a recording, as that of its ranges. */
  private async firstMoment(): Promise<number | undefined> {
    const manifest = await readJsonFile(path.join(this.folder, MANIFEST_FILE), ManifestSchema);
    if (manifest?.kind === 'watch') return this.inputs.length > 0 ? originOf(this.inputs) : undefined;
    const found = await Promise.all(Array.from(this.threads.values(), ({ folder }) => firstSampleAt(folder)));
    const times = found.filter(time => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}

/** Statistics of all that a long recording holds take longer than a second's news: at most 1 % of the time. */
const LEAST_REST = 100;

class TailedThread {
  readonly records: RuntimeRecord[] = [];
  thread: ThreadRecord | undefined;
  private offset = 0;
  private summary: ThreadSummary | undefined;
  private summaryDueAt = 0;

  /** Absolute path. */
  constructor(readonly folder: string) {}

  /** Takes whole lines. */
  async readNew(): Promise<readonly RuntimeRecord[]> {
    const bytes = await readFrom(path.join(this.folder, RUNTIME_FILE), this.offset);
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    this.offset += whole.length;
    const { records } = parseLines(whole.toString('utf8'), RuntimeRecordSchema);
    for (const record of records) this.records.push(record);
    this.thread ??= this.records.find(record => record.type === 'thread');
    return records;
  }

  update(id: string, fresh: readonly RuntimeRecord[], origin: number): RuntimeUpdate[] {
    if (!this.thread || fresh.length === 0) return [];
    this.summarise(origin);
    return this.summary ? [runtimeUpdate({ id, thread: this.thread, fresh, origin }, this.summary)] : [];
  }

  private summarise(origin: number): void {
    const before = performance.now();
    if (before < this.summaryDueAt) return;
    this.summary = threadSummary(this.records, origin);
    const after = performance.now();
    this.summaryDueAt = after + LEAST_REST * (after - before);
  }
}
