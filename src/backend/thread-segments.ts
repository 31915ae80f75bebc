/** The segments of one thread as one call tree; those that have been read stay read while the recording goes on. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { SEGMENT_FILE_PATTERN } from '../contracts/recording-files.ts';
import { UserError } from '../contracts/user-error.ts';
import type { CallTree } from '../model/cpu/call-tree.ts';
import { readCpuProfile } from '../model/cpu/reader.ts';
import { CallTreeBuilder, type TimeSpan } from '../model/cpu/weigh.ts';
import { byNumbers } from './recorded-threads.ts';

const gunzip = promisify(zlib.gunzip);

export interface DamagedSegment {
  /** Absolute path. */
  readonly file: string;
  readonly reason: string;
}

export class ThreadSegments {
  readonly damaged: DamagedSegment[] = [];
  readonly #seen = new Set<string>();
  readonly #builder = new CallTreeBuilder();
  #count = 0;
  #reading: Promise<void> = Promise.resolve();

  /** `folder` is the thread's. */
  constructor(private readonly folder: string) {}

  /** Reads what has been written since the last call. A segment has its name only when it is complete. */
  read(): Promise<void> {
    // Who has called before was told what went wrong then.
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readNew());
    return this.#reading;
  }

  /** Undefined as long as there is no segment that can be read. */
  get sum(): { readonly tree: CallTree; readonly span: TimeSpan } | undefined {
    return this.#count > 0 ? { tree: this.#builder.tree(), span: this.#builder.span } : undefined;
  }

  async #readNew(): Promise<void> {
    const names = (await fs.readdir(this.folder)).filter(name => SEGMENT_FILE_PATTERN.test(name));
    for (const name of names.sort(byNumbers)) {
      if (this.#seen.has(name)) continue;
      await this.#add(path.join(this.folder, name));
      this.#seen.add(name);
    }
  }

  async #add(file: string): Promise<void> {
    try {
      this.#builder.add(readCpuProfile(await gunzip(await fs.readFile(file))));
      this.#count++;
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.damaged.push({ file, reason: error.message });
    }
  }
}

/** What a file that was cut off or overwritten leads to; anything else is a defect of ours. */
function isDamage(error: unknown): error is Error {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return error instanceof UserError || (code?.startsWith('Z_') ?? false) || code === 'ERR_BUFFER_TOO_LARGE';
}
