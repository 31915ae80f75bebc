/** The memory of one program while it is recorded: snapshots when somebody asks for one, and what they tell. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Recorder } from '../../collect/recorder.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import { asUserError } from '../../contracts/recorded-problem.ts';
import { liveTracking, type Tracking } from '../../present/leaks/tracking.ts';
import { SnapshotComparison } from './compare-snapshots.ts';
import { withSampledAllocations } from './sampled-allocations.ts';
import { writeLeaks } from './leaks-file.ts';
import { TrackedProgram, type ExpectedSnapshot } from './tracked-program.ts';

export interface LeakSessionOptions {
  readonly recorder: Recorder;
  /** Absolute path of the recording: the verdicts are kept there, snapshots only until they are compared. */
  readonly folder: string;
  /** Folder of the bundles. */
  readonly dist: string;
  /** For display. */
  readonly name: string;
  /** Something of it is shown otherwise now. */
  readonly onChange: () => void;
}

const notCompared = (name: string, { snapshots }: Tracking): LeaksDocument => ({
  ...{ version: 1, name, snapshots, verdicts: [], problems: [] },
});

const SNAPSHOTS_FOLDER = 'snapshots';
const FEWEST_SNAPSHOTS = 2;

export class LeakSession {
  /** What has been found so far. */
  document: LeaksDocument | undefined;
  readonly #options: LeakSessionOptions;
  #tracked: Promise<TrackedProgram> | undefined;
  #state: Omit<Tracking, 'snapshots'> = { step: 'starting' };
  #taken: TrackedProgram['taken'] = [];
  /** One snapshot at a time. */
  #taking: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: LeakSessionOptions) {
    this.#options = options;
  }

  get tracking(): Tracking {
    return { ...this.#state, snapshots: this.#taken.map(({ snapshot }) => snapshot) };
  }

  /** Asks what a snapshot would cost now; to be called now and then. */
  async look(): Promise<void> {
    if (this.#taking || this.#isClosed) return;
    const tracked = await this.#program();
    const expected = await tracked.expected();
    // A snapshot was asked for meanwhile.
    if (!this.#taking) this.#expect(expected);
  }

  /** Ends an epoch; a second wish while one is taken is the same one. What stands in its way is in `tracking`. */
  take(isForced: boolean): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#taking ??= this.#take(isForced).finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  /** Settles when nothing of it goes on any more; what was found stays, also that nothing could be compared. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled([this.#taking]);
    const { name, folder } = this.#options;
    if (!this.document) await writeLeaks(folder, notCompared(name, this.tracking));
    await (await this.#tracked)?.comparison.close();
    await fs.rm(this.#folder, { recursive: true, force: true });
  }

  get #folder(): string {
    return path.join(this.#options.folder, SNAPSHOTS_FOLDER);
  }

  #program(): Promise<TrackedProgram> {
    this.#tracked ??= this.#open();
    return this.#tracked;
  }

  async #open(): Promise<TrackedProgram> {
    const { recorder, dist } = this.#options;
    await fs.mkdir(this.#folder, { recursive: true });
    const comparison = await SnapshotComparison.open({ dist });
    return new TrackedProgram(recorder, this.#folder, comparison, {
      onWritten: () => this.#change({ ...this.#state, step: 'comparing' }),
    });
  }

  #expect(expected: ExpectedSnapshot | undefined): void {
    const { refusal } = this.#state;
    const last = this.#taken.at(-1);
    this.#change({
      step: expected ? 'ready' : 'starting',
      ...(refusal ? { refusal } : {}),
      ...(expected ? { cost: expected.cost } : {}),
      ...(expected && last ? { sinceLast: Math.max(0, expected.requests - last.requests) } : {}),
    });
  }

  async #take(isForced: boolean): Promise<void> {
    const { cost } = this.#state;
    this.#change({ step: 'snapshot', ...(cost ? { cost } : {}) });
    const tracked = await this.#program();
    try {
      await tracked.snapshot(isForced);
      if (tracked.taken.length >= FEWEST_SNAPSHOTS && tracked.taken.length > this.#taken.length)
        await this.#compare(tracked);
      this.#taken = [...tracked.taken];
      this.#expect(await tracked.expected());
    } catch (error) {
      this.#taken = [...tracked.taken];
      const { code, message, advice } = asUserError(error).inEditor;
      this.#change({
        ...this.#state,
        step: 'ready',
        refusal: { message, advice, canForce: code === 'heap-snapshot-unsafe' },
      });
    }
  }

  async #compare(tracked: TrackedProgram): Promise<void> {
    const { name, folder, dist } = this.#options;
    const document = await tracked.document(name);
    this.document = await withSampledAllocations(document, folder, { dist, operation: 'request' });
    await writeLeaks(folder, this.document);
  }

  /** What of it is seen: the heap is another size each time. */
  #said(): string {
    const { sinceLast, snapshots } = this.tracking;
    return JSON.stringify([liveTracking(this.tracking), sinceLast, snapshots.length]);
  }

  #change(state: Omit<Tracking, 'snapshots'>): void {
    const before = this.#said();
    this.#state = state;
    if (this.#said() !== before && !this.#isClosed) this.#options.onChange();
  }
}
