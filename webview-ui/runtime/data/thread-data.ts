import { firstAtOrAfter } from '../../../src/analysis/gc/collection-statistics.ts';
import type {
  CollectionStatistics,
  RuntimeThread,
  RuntimeUpdate,
} from '../../../src/contracts/views/runtime.ts';
import { Collections } from './collections.ts';
import { HeapRows } from './heap-rows.ts';
import { Samples } from './samples.ts';

/** A thread of a recording with all its rows so far. */
export class ThreadData {
  readonly key: string;
  readonly pid: number;
  readonly threadId: number;
  /** Untrusted. */
  readonly name: string;
  readonly nodeVersion: string;
  readonly collections = new Collections();
  readonly samples = new Samples();
  readonly heap = new HeapRows();
  #sentence: string;
  #notListed: number;
  #statistics: CollectionStatistics;
  /** Counts the additions: what was drawn of an earlier one is out of date. */
  #revision = 0;

  constructor(first: RuntimeThread | RuntimeUpdate) {
    this.key = threadKey(first);
    this.pid = first.pid;
    this.threadId = first.threadId;
    this.name = first.name;
    this.nodeVersion = first.nodeVersion;
    this.#sentence = first.sentence;
    this.#notListed = first.notListed;
    this.#statistics = first.statistics;
    this.append(first);
  }

  get sentence(): string {
    return this.#sentence;
  }

  /** Collections that are in the statistics of the whole alone: they came too fast to be kept one by one. */
  get notListed(): number {
    return this.#notListed;
  }

  get statistics(): CollectionStatistics {
    return this.#statistics;
  }

  get revision(): number {
    return this.#revision;
  }

  get isEmpty(): boolean {
    return this.samples.at.length === 0 && this.collections.at.length === 0;
  }

  /** Milliseconds since the start of the recording: what is known last of this thread. */
  get end(): number {
    const last = this.collections.at.length - 1;
    const collected = (this.collections.at[last] ?? 0) + (this.collections.pauseMilliseconds[last] ?? 0);
    return Math.max(this.samples.at.at(-1) ?? 0, collected);
  }

  /** Rows that are there already are left out: a view file and live rows may overlap. */
  append({ collections, samples, sentence, notListed, statistics }: RuntimeThread | RuntimeUpdate): void {
    const firstCollection = firstLater(collections.at, this.collections.at);
    const firstSample = firstLater(samples.at, this.samples.at);
    this.heap.append(samples, firstSample, collections, firstCollection);
    this.collections.append(collections, firstCollection);
    this.samples.append(samples, firstSample);
    this.#sentence = sentence;
    this.#notListed = notListed;
    this.#statistics = statistics;
    this.#revision++;
  }
}

export const threadKey = ({ pid, threadId }: { readonly pid: number; readonly threadId: number }): string =>
  `${pid}:${threadId}`;

/** The first row that is later than all known ones. */
function firstLater(added: readonly number[], known: readonly number[]): number {
  const last = known.at(-1);
  if (last === undefined) return 0;
  const first = firstAtOrAfter(added, last);
  return added[first] === last ? first + 1 : first;
}
