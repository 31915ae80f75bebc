/** One sampled thread as the collector sees it: its folder, its scripts, its cost. */
import type { RuntimeRecord, StackRecord, ThreadRecord } from '../../contracts/recording.ts';
import { now } from '../clock.ts';
import type { BuiltinSources } from './builtin-sources.ts';
import { escapeFrames, withWholeTimes } from './direct-profile.ts';
import { unknownUse } from './main-stall.ts';
import { Overhead } from './overhead.ts';
import { HeldRecords } from './held-records.ts';
import { ScriptKeeper, type ReadLive } from './script-keeper.ts';
import { ThreadStore } from './thread-store.ts';
import { editedFiles } from './edited-files.ts';
import { OperationsKeeper } from './operations-keeper.ts';
import { WatchedSegments } from './watched-segments.ts';
import { isUnexplained, SampledStalls } from './sampled-stalls.ts';
import type { AllocationPart, KeptOperation, OperationsNews, ScriptText } from './contract.ts';

export interface SampledThreadOptions {
  readonly recording: string;
  readonly thread: ThreadRecord;
  readonly builtins: BuiltinSources;
  readonly transpiles: boolean;
  /** Its segments are as `v8.startCpuProfile` writes them. */
  readonly raw: boolean;
  readonly readLive: ReadLive;
  /** Only what kept operations need stays. */
  readonly isWatch: boolean;
}

export class SampledThread {
  readonly overhead = new Overhead();
  private readonly store: ThreadStore;
  private readonly scripts: ScriptKeeper;
  private readonly keeper: OperationsKeeper;
  private readonly watched: WatchedSegments | undefined;
  private readonly stalls: SampledStalls;
  private readonly held: HeldRecords;
  private broken = false;

  constructor(private readonly options: SampledThreadOptions) {
    this.store = new ThreadStore(options.recording, options.thread);
    this.scripts = new ScriptKeeper(this.store, { ...options, edited: editedFiles(options.recording) });
    this.keeper = new OperationsKeeper(this.store);
    this.held = new HeldRecords(options.thread.agent);
    this.watched = options.isWatch ? new WatchedSegments(this.store) : undefined;
    this.stalls = new SampledStalls(news => this.keep(news));
  }

  /** Takes V8's text. Throws when it cannot be written (disk full); the thread then takes no more. */
  segment(text: string): void {
    if (this.broken) return;
    this.unbroken(() => {
      const profile = this.options.raw ? withWholeTimes(escapeFrames(text), now()) : text;
      if (this.watched) this.watched.add(profile);
      else this.store.segment(profile);
      // Who blocks the main thread was asked there.
      if (this.options.thread.threadId !== 0) this.stalls.segment(profile);
      this.scripts.segment(profile);
    });
    this.record(this.overhead.record());
  }

  /** Throws when it cannot be written, as `segment`. Answers whether something may grow. */
  allocations(part: AllocationPart): boolean {
    if (this.broken) return false;
    this.overhead.stalled(unknownUse(part.stallMicroseconds));
    this.unbroken(() => {
      this.store.allocations(part);
      if (part.metric === 'live') this.store.record(this.held.take(part));
      this.scripts.segment(part.profile);
    });
    return part.metric === 'live' && this.held.mayGrow;
  }

  /** The text of a file may no longer be what V8 runs. */
  noteTranspiler(): void {
    this.scripts.noteTranspiler();
  }

  /** Asks for the texts that are still missing; answers whether there are any. */
  askForScripts(): boolean {
    return !this.broken && this.scripts.askNow();
  }

  takeScripts(scripts: readonly ScriptText[]): void {
    this.scripts.take(scripts);
  }

  stacks(records: readonly StackRecord[]): void {
    if (this.broken) return;
    this.store.stacks(records);
    this.scripts.files(new Set(records.flatMap(({ frames }) => frames.map(({ file }) => file))));
  }

  record(record: RuntimeRecord): void {
    this.store.record(record);
  }

  /** As `segment` does: throws when they cannot be written. */
  records(records: readonly RuntimeRecord[]): void {
    if (!this.broken) this.unbroken(() => this.store.records(records));
  }

  /** As `segment` does: throws when they cannot be written. */
  operations(news: OperationsNews): void {
    this.overhead.followed(news.hooksMicroseconds);
    if (this.broken) return;
    this.unbroken(() => {
      const isStall = ({ record }: KeptOperation): boolean => isUnexplained(record);
      this.stalls.take(news.kept.filter(isStall).map(({ record }) => record));
      const openSinceMicroseconds = Math.min(
        this.stalls.since,
        news.openSinceMicroseconds ?? Number.POSITIVE_INFINITY,
      );
      this.keep({ ...news, kept: news.kept.filter(each => !isStall(each)), openSinceMicroseconds });
    });
  }

  private keep(news: OperationsNews): void {
    this.keeper.take(news);
    this.watched?.hear(news);
  }

  private unbroken(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.broken = true;
      throw error;
    }
  }

  end(reason: 'exit' | 'stop' | 'host-gone'): void {
    if (this.broken) return;
    this.stalls.end();
    this.keeper.end();
    this.watched?.end();
    this.scripts.close();
    this.record(this.overhead.record());
    this.record({ type: 'end', atMicroseconds: now(), reason });
  }
}
