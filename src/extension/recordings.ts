import type { CaptureProgress } from '../contracts/server.ts';
import type { OperationsSection, RecordingView } from '../contracts/views/recording.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import type { Metric, TimeRange } from '../contracts/profile-source.ts';
import type { Connection } from './connection.ts';
import { RuntimeSummaries } from './runtime/summaries.ts';

/** What has changed: the open recording, the list of recordings, or the progress of a capture. */
export type RecordingsChange = 'open' | 'recordings' | 'capture';

/**
 * What the extension knows of recordings: which there are, which one is open, which captures go on. The only holder
 * of such state; all of it comes from the server.
 */
export class RecordingsModel {
  readonly #connection: Connection;
  readonly #report: (error: unknown) => void;
  readonly #listeners = new Set<(change: RecordingsChange) => void>();
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly #captures = new Map<string, CaptureProgress>();
  readonly #runtime = new RuntimeSummaries();
  readonly #operations = new Map<string, OperationsSection>();
  #entries: readonly RecordingEntry[] = [];
  #view: RecordingView | undefined;
  /** Counts what the user asked for: an answer to an earlier wish comes too late. */
  #wish = 0;
  #refreshes = 0;
  /** The newest refresh that was answered. */
  #answered = 0;

  /** `report` gets the failures of what no one has asked for: a list that the server said was out of date. */
  constructor(connection: Connection, report: (error: unknown) => void) {
    this.#connection = connection;
    this.#report = report;
    this.#subscriptions = [
      connection.on('slowcatch/capture', progress => this.#onCapture(progress)),
      connection.on('slowcatch/runtimeUpdate', update => this.#runtime.add(update)),
      connection.on('slowcatch/operationsUpdate', ({ id, operations }) => {
        if (!this.#captures.has(id)) return;
        this.#operations.set(id, operations);
        this.#tell('capture');
      }),
      connection.on('slowcatch/recordingsChanged', () => void this.refresh().catch(report)),
    ];
  }

  /** The newest first; empty until the first `refresh`. */
  get entries(): readonly RecordingEntry[] {
    return this.#entries;
  }

  /** The open recording. */
  get view(): RecordingView | undefined {
    return this.#view;
  }

  /** Captures that have not ended. */
  get captures(): readonly CaptureProgress[] {
    return [...this.#captures.values()];
  }

  /** What matters of the runtime of captures so far, by recording. */
  get runtime(): ReadonlyMap<string, string> {
    return this.#runtime.texts;
  }

  /** Slow operations of captures so far, by recording. */
  get operations(): ReadonlyMap<string, OperationsSection> {
    return this.#operations;
  }

  onChange(listener: (change: RecordingsChange) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Opens a recording instead of the one that is open. Rejects with the server's failure; then nothing changes. */
  open(id: string): Promise<void> {
    return this.#adopt(this.#connection.request('slowcatch/open', { id }));
  }

  /** Shows the open recording by another metric. */
  async showMetric(metric: Metric): Promise<void> {
    const id = this.#view?.entry.id;
    if (id !== undefined) await this.#adopt(this.#connection.request('slowcatch/open', { id, metric }));
  }

  /** Opens a stretch of a recording instead of what is open. */
  openRange(id: string, range: TimeRange): Promise<void> {
    return this.#adopt(this.#connection.request('slowcatch/openRange', { id, range }));
  }

  /** Says in which folder the files of the open recording lie. */
  async mapFolder(folder: string): Promise<void> {
    if (!this.#view) return;
    const {
      entry: { id },
      range,
    } = this.#view;
    await this.#adopt(this.#connection.request('slowcatch/mapFolder', { id, folder }));
    if (range && this.#view.entry.id === id) await this.openRange(id, range);
  }

  close(): void {
    this.#wish++;
    if (!this.#view) return;
    this.#view = undefined;
    this.#tell('open');
  }

  /** Asks the server for the list of recordings. An open recording that is gone is closed. */
  async refresh(): Promise<void> {
    const turn = ++this.#refreshes;
    const entries = await this.#connection.request('slowcatch/recordings', null);
    if (turn < this.#answered) return;
    this.#answered = turn;
    this.#entries = entries;
    // Of a server that ended no capture says that it is over.
    for (const { id, state } of entries) if (state !== 'recording') this.#forget(id);
    this.#followEntry();
    this.#tell('recordings');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#listeners.clear();
  }

  async #adopt(answer: Promise<RecordingView>): Promise<void> {
    const wish = ++this.#wish;
    const view = await answer;
    if (wish !== this.#wish) return;
    this.#view = view;
    this.#tell('open');
  }

  /** Name and pin of the open recording may be others now. */
  #followEntry(): void {
    const view = this.#view;
    if (!view) return;
    // A profile file is no recording: it stays open whatever happens to those.
    if (view.entry.state === 'file') return;
    const entry = this.#entries.find(({ id }) => id === view.entry.id);
    if (!entry) this.close();
    else if (JSON.stringify(entry) !== JSON.stringify(view.entry)) {
      this.#view = { ...view, entry };
      this.#tell('open');
    }
  }

  #onCapture(progress: CaptureProgress): void {
    const { id, state } = progress;
    if (state === 'saved' || state === 'failed') {
      this.#forget(id);
    } else {
      if (state === 'recording' && this.#captures.get(id)?.state !== 'recording') this.#watchRuntime(id);
      this.#captures.set(id, progress);
    }
    this.#tell('capture');
  }

  #forget(capture: string): void {
    this.#captures.delete(capture);
    this.#runtime.delete(capture);
    this.#operations.delete(capture);
  }

  /** How much a program collects is said while it is recorded. */
  #watchRuntime(id: string): void {
    this.#connection.request('slowcatch/watchRuntime', { id, isOn: true }).catch((error: unknown) => {
      // One that is over by now has nothing to be told of.
      if (this.#captures.has(id)) this.#report(error);
    });
  }

  #tell(change: RecordingsChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
