/** What the runtime view shows: a view file per recording, and what is added while a recording goes on. */
import type { ViewFile } from '../contracts/server.ts';
import type { RuntimeUpdate } from '../contracts/views/runtime.ts';
import { RuntimeTail } from './runtime-tail.ts';
import type { Recordings } from './recordings.ts';
import type { ViewFiles } from './view-files.ts';

const UPDATE_MILLISECONDS = 1000;

export interface RuntimeViewsOptions {
  readonly recordings: Recordings;
  readonly files: ViewFiles;
  readonly onUpdate: (update: RuntimeUpdate) => void;
  /** What goes wrong between two requests. */
  readonly onFailure: (error: unknown) => void;
}

interface Watched {
  readonly tail: RuntimeTail;
  timer?: NodeJS.Timeout;
}

export class RuntimeViews {
  /** Recordings that go on and have been asked for. */
  private readonly running = new Map<string, Watched>();

  constructor(private readonly options: RuntimeViewsOptions) {}

  /** Throws `recording-gone`. */
  async open(id: string): Promise<ViewFile> {
    const { recordings, files } = this.options;
    const { folder, name, state } = await recordings.entry(id);
    const isLive = state === 'recording';
    const known = this.running.get(id);
    const tail = known?.tail ?? (await RuntimeTail.open(id, folder));
    if (isLive && !known) this.running.set(id, { tail });
    await this.update(tail);
    return { file: await files.write(JSON.stringify(tail.view(name, isLive))) };
  }

  /** Tells of what is added to a recording that goes on, about once a second, until it is switched off or over. */
  async watch(id: string, isOn: boolean): Promise<null> {
    const watched = this.running.get(id);
    if (!isOn) this.end(id);
    else if (watched) watched.timer ??= setInterval(() => void this.tick(watched.tail), UPDATE_MILLISECONDS);
    else {
      await this.open(id);
      // A recording that is over is not among those that run.
      if (this.running.has(id)) await this.watch(id, true);
    }
    return null;
  }

  /** The recording is over: tells the rest. */
  async ended(id: string): Promise<void> {
    const watched = this.running.get(id);
    if (watched?.timer) await this.tick(watched.tail);
    this.end(id);
  }

  dispose(): void {
    for (const id of this.running.keys()) this.end(id);
  }

  private end(id: string): void {
    clearInterval(this.running.get(id)?.timer);
    this.running.delete(id);
  }

  private async tick(tail: RuntimeTail): Promise<void> {
    try {
      await this.update(tail);
    } catch (error) {
      this.end(tail.id);
      this.options.onFailure(error);
    }
  }

  private async update(tail: RuntimeTail): Promise<void> {
    const updates = await tail.read();
    if (this.running.get(tail.id)?.timer) for (const update of updates) this.options.onUpdate(update);
  }
}
