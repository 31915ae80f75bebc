import fs from 'node:fs/promises';
import path from 'node:path';
import { THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import { SharedSources } from './shared-sources.ts';
import { ThreadSegments } from './thread-segments.ts';

/** What is read of a recording once, however often it is opened: a recording that goes on is only added to. */
export class RecordingParts {
  readonly sources: SharedSources;
  private readonly threads = new Map<string, ThreadSegments>();

  constructor(private readonly recording: string) {
    this.sources = new SharedSources(recording);
  }

  /** `folder` is a thread's, an absolute path. */
  segments(folder: string): ThreadSegments {
    const known = this.threads.get(folder) ?? new ThreadSegments(folder);
    this.threads.set(folder, known);
    return known;
  }

  /** Reads the segments that have been written since the last call. */
  async update(): Promise<void> {
    const names = (await fs.readdir(this.recording)).filter(name => THREAD_FOLDER_PATTERN.test(name));
    for (const name of names) await this.segments(path.join(this.recording, name)).read();
  }
}
