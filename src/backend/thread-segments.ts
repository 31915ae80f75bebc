/** The segments of one thread as one call tree; those that have been read stay read while the recording goes on. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { ALLOCATION_FILE_PATTERN, RUNTIME_FILE, SEGMENT_FILE_PATTERN } from '../contracts/recording-files.ts';
import { RuntimeRecordSchema } from '../contracts/recording.ts';
import { UserError } from '../contracts/user-error.ts';
import { spansWithin, type TimeSpan } from '../model/cpu/time-span.ts';
import { toldWithin } from '../model/cpu/told-within.ts';
import { withForcedCollections } from '../model/cpu/forced-collections.ts';
import type { CpuProfile } from '../model/cpu/profile.ts';
import { readCpuProfile } from '../model/cpu/reader.ts';
import { CallTreeBuilder } from '../model/cpu/weigh.ts';
import { readLines } from './ndjson.ts';
import { byNumbers } from './recorded-threads.ts';
import { commonSpan, type ThreadSamples } from './thread-samples.ts';

const gunzip = promisify(zlib.gunzip);

export interface DamagedSegment {
  /** Absolute path. */
  readonly file: string;
  readonly reason: string;
}

/** Where it counts. */
interface CountedSegment {
  readonly file: string;
  readonly span: TimeSpan;
  /** Of what of it was asked for; undefined: of all. */
  readonly asked: readonly TimeSpan[] | undefined;
}

export class ThreadSegments {
  readonly damaged: DamagedSegment[] = [];
  readonly #seen = new Set<string>();
  #builder = new CallTreeBuilder();
  /** By the order of their times. */
  readonly #counted: CountedSegment[] = [];
  #samples: ThreadSamples | undefined;
  #looks: Looks = NO_LOOKS;
  #reading: Promise<void> = Promise.resolve();

  /** `folder` is the thread's. */
  constructor(private readonly folder: string) {}

  /**
   * Reads what has been written since the last call. A segment has its name only when it is complete. `kept`, of a watch
   * recording: when kept operations ran (ascending, apart); of other time nothing counts, and without it nothing more is
   * read then. All is read again where it changes what was read: another operation has taken the place of one.
   */
  read(kept?: readonly TimeSpan[]): Promise<void> {
    if (!kept && this.#counted[0]?.asked) return this.#reading;
    // Who has called before was told what went wrong then.
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readNew(kept));
    return this.#reading;
  }

  /** What has been read so far; undefined as long as there is no segment that can be read. */
  get samples(): ThreadSamples | undefined {
    if (!this.#counted.some(({ asked }) => asked?.length !== 0)) return undefined;
    this.#samples ??= this.#asOfNow();
    return this.#samples;
  }

  /** What is read later adds nodes behind these, and segments behind these. */
  #asOfNow(): ThreadSamples {
    const builder = this.#builder;
    const counted = [...this.#counted];
    const looks = this.#looks;
    return {
      tree: builder.tree(),
      span: builder.span,
      parts: builder.parts(),
      visit: async (span, visit) => {
        for (const { file, span: own, asked } of counted) {
          const part = commonSpan(own, span);
          if (part) visit(told(looked(await readSegment(file), looks), asked), part);
        }
      },
    };
  }

  async #readNew(kept: readonly TimeSpan[] | undefined): Promise<void> {
    if (!this.#counted.every(counted => isAsked(counted, kept))) this.#forget();
    const all = await fs.readdir(this.folder);
    const names = all.filter(name => SEGMENT_FILE_PATTERN.test(name));
    if (names.length > this.#seen.size && all.some(name => ALLOCATION_FILE_PATTERN.test(name)))
      this.#looks = await readLooks(this.folder);
    for (const name of names.sort(byNumbers)) {
      if (this.#seen.has(name)) continue;
      await this.#add(path.join(this.folder, name), kept);
      this.#seen.add(name);
    }
  }

  #forget(): void {
    this.#builder = new CallTreeBuilder();
    this.#counted.length = this.damaged.length = 0;
    this.#seen.clear();
    this.#samples = undefined;
  }

  async #add(file: string, kept: readonly TimeSpan[] | undefined): Promise<void> {
    try {
      const segment = looked(await readSegment(file), this.#looks);
      const span = this.#builder.add(told(segment, kept));
      this.#counted.push({ file, span, asked: kept && spansWithin(kept, span) });
      this.#samples = undefined;
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.damaged.push({ file, reason: error.message });
    }
  }
}

/** When allocations were looked at: V8 collected all garbage for it. */
interface Looks {
  /** Path of the agent. */
  readonly agent: string;
  readonly spans: readonly TimeSpan[];
}

const NO_LOOKS: Looks = { agent: '', spans: [] };

/** A look is on disk before the segment that it falls into. */
async function readLooks(folder: string): Promise<Looks> {
  const { records } = await readLines(path.join(folder, RUNTIME_FILE), RuntimeRecordSchema);
  const spans = records.flatMap(record =>
    record.type === 'allocations'
      ? [{ from: record.atMicroseconds, to: record.atMicroseconds + record.stallMicroseconds }]
      : [],
  );
  const thread = records.find(record => record.type === 'thread');
  return { agent: thread?.agent ?? '', spans };
}

const told = (segment: CpuProfile, asked: readonly TimeSpan[] | undefined): CpuProfile =>
  asked ? toldWithin(segment, asked) : segment;

function isAsked({ span, asked }: CountedSegment, kept: readonly TimeSpan[] | undefined): boolean {
  if (!asked || !kept) return asked === kept;
  const now = spansWithin(kept, span);
  return (
    now.length === asked.length &&
    now.every(({ from, to }, index) => asked[index]!.from === from && asked[index]!.to === to)
  );
}

const looked = (segment: CpuProfile, { spans, agent }: Looks): CpuProfile =>
  withForcedCollections(segment, spans, agent);

/** CLOCK_MONOTONIC in microseconds: when the first segment of a thread begins that can be read; undefined without one. */
export async function firstSampleAt(folder: string): Promise<number | undefined> {
  const names = (await fs.readdir(folder)).filter(name => SEGMENT_FILE_PATTERN.test(name));
  for (const name of names.sort(byNumbers)) {
    const builder = new CallTreeBuilder();
    try {
      builder.add(await readSegment(path.join(folder, name)));
    } catch (error) {
      if (!isDamage(error)) throw error;
      continue;
    }
    return builder.span.from;
  }
  return undefined;
}

const readSegment = async (file: string): Promise<CpuProfile> =>
  readCpuProfile(await gunzip(await fs.readFile(file)));

/** What a file that was cut off or overwritten leads to; anything else is a defect of ours. */
export function isDamage(error: unknown): error is Error {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return error instanceof UserError || (code?.startsWith('Z_') ?? false) || code === 'ERR_BUFFER_TOO_LARGE';
}
