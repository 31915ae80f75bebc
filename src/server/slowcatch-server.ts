import path from 'node:path';
import { analyze, analyzeOperations } from '../backend/analyze.ts';
import { Captures } from '../backend/captures.ts';
import { exportProfile } from '../backend/export.ts';
import { OpenedView, type ViewRequest } from '../backend/open-view.ts';
import { listProcesses } from '../backend/processes.ts';
import { Recordings } from '../backend/recordings.ts';
import { RecordingParts } from '../backend/recording-parts.ts';
import { ListedFunctions } from '../backend/watch/listed-functions.ts';
import { PARSER_FILE } from '../backend/watch/parser.ts';
import { LeakViews } from '../backend/leaks/leak-views.ts';
import { OperationViews } from '../backend/operation-views.ts';
import { HeapViews } from '../backend/heap/heap-views.ts';
import { FlameViews } from '../backend/flame-views.ts';
import { profileFileEntry } from '../backend/profile-file-entry.ts';
import { RuntimeViews } from '../backend/runtime-views.ts';
import { ViewFiles } from '../backend/view-files.ts';
import { sourceId, sourceOf } from '../contracts/profile-source.ts';
import type { FlameRequest, FlameView } from '../contracts/views/flame.ts';
import type { Metric, ProfileSource, TimeRange } from '../contracts/profile-source.ts';
import type {
  BeginCapture,
  CallersRequest,
  Capture,
  CaptureProgress,
  ExportedFiles,
  ExportRequest,
  LaunchEnvironment,
  ProcessEntry,
  ServerNotifications,
  ServerOptions,
} from '../contracts/server.ts';
import type { PathNode, RecordingView } from '../contracts/views/recording.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import { UserError } from '../contracts/user-error.ts';

const PREPARED_MILLISECONDS = 1000;
/** The list of recordings, and what is too old in it, can wait so long. */
const AFTER_STOP_MILLISECONDS = 500;

interface Prepared {
  readonly id: string;
  readonly parts: RecordingParts;
  /** How long the recording was when it was looked through last. */
  readonly atMilliseconds: number;
}

export type Notify = <M extends keyof ServerNotifications>(
  method: M,
  parameters: ServerNotifications[M],
) => void;

interface Options extends ServerOptions {
  /** Absolute path of the agent bundle. */
  readonly agent: string;
}

/** What one editor window asks for. */
export class SlowcatchServer {
  readonly recordings: Recordings;
  private readonly viewFiles: ViewFiles;
  readonly flames: FlameViews;
  readonly runtimeViews: RuntimeViews;
  readonly operationViews: OperationViews;
  readonly heaps: HeapViews;
  readonly leakViews: LeakViews;
  readonly functions: ListedFunctions;
  private readonly captures: Captures;
  /** The recording whose callers may be asked for next: analysed ones are large. */
  private opened: OpenedView | undefined;
  /** The stretch of it that was looked at last. */
  private part: { readonly whole: OpenedView; readonly key: string; readonly view: OpenedView } | undefined;
  /** What a flamegraph was asked of that is not open: its other metrics may be asked for next. */
  private drawn: OpenedView | undefined;
  private readonly opening = new Map<string, Promise<OpenedView>>();
  /** Of the recording that is being made, or was made last. */
  private prepared: Prepared | undefined;

  constructor(
    private readonly options: Options,
    private readonly notify: Notify,
  ) {
    this.recordings = new Recordings(options.recordingsFolder);
    this.viewFiles = new ViewFiles(options.viewsFolder);
    this.flames = new FlameViews(this.viewFiles, options.workspaceFolders);
    this.runtimeViews = new RuntimeViews({
      recordings: this.recordings,
      files: this.viewFiles,
      onUpdate: update => notify('slowcatch/runtimeUpdate', update),
      onFailure: error => process.stderr.write(`the runtime view is not live any more: ${String(error)}\n`),
    });
    this.heaps = new HeapViews({
      dist: __dirname,
      onProgress: (id, progress) => notify('slowcatch/heapProgress', { id, ...progress }),
    });
    this.functions = new ListedFunctions(path.join(path.dirname(options.agent), PARSER_FILE));
    this.operationViews = new OperationViews({
      files: this.viewFiles,
      workspaceFolders: options.workspaceFolders,
      recordingsFolder: options.recordingsFolder,
      open: id => this.current(id),
      onUpdate: update => notify('slowcatch/operationsUpdate', update),
      onFailure: error => process.stderr.write(`slow operations are not live: ${String(error)}\n`),
    });
    this.leakViews = new LeakViews({
      ...{ files: this.viewFiles, recordings: this.recordings, workspaceFolders: options.workspaceFolders },
      sessionOf: id => this.captures.leaksOf(id),
      compare: (id, files) => this.heaps.compare(id, files),
    });
    this.captures = new Captures({
      recordings: this.recordings,
      agent: options.agent,
      onLeaks: id => notify('slowcatch/leaksChanged', { id }),
      onProgress: progress => {
        notify('slowcatch/capture', progress);
        void this.prepare(progress);
        void this.operationViews.follow(progress);
      },
    });
  }

  async begin(request: BeginCapture): Promise<Capture> {
    this.needTrust();
    const capture = await this.captures.begin(request);
    this.changed();
    return capture;
  }

  async environment({ id, ...launch }: LaunchEnvironment): Promise<Record<string, string | null>> {
    this.needTrust();
    return this.captures.environment(id, launch);
  }

  async stop(id: string, endedBy: 'program' | 'user'): Promise<RecordingEntry | null> {
    const entry = await this.captures.stop(id, endedBy);
    await this.runtimeViews.ended(id);
    // The recording is opened now: nothing else should keep us from that.
    setTimeout(() => {
      this.changed();
      void this.removeOld(id);
    }, AFTER_STOP_MILLISECONDS).unref();
    return entry;
  }

  async processes(): Promise<readonly ProcessEntry[]> {
    this.needTrust();
    return listProcesses();
  }

  async change(
    id: string,
    changes: { readonly name?: string; readonly isPinned?: boolean },
  ): Promise<RecordingEntry> {
    const entry = await this.recordings.change(id, changes);
    this.changed();
    return entry;
  }

  async delete(id: string): Promise<null> {
    await this.recordings.delete(id);
    if (this.opened?.view.entry.id === id) this.opened = this.part = undefined;
    this.changed();
    return null;
  }

  async open(id: string, metric?: Metric): Promise<RecordingView> {
    const opened = await this.openWhole(id);
    return metric ? opened.viewBy(metric) : opened.view;
  }

  private async openWhole(id: string): Promise<OpenedView> {
    const opened = await this.openSource(sourceOf(id));
    this.part = undefined;
    this.opened = opened;
    return opened;
  }

  async openRange(id: string, range: TimeRange): Promise<RecordingView> {
    const { view } = await this.partOf(id, range);
    return { ...view, entry: await this.entryOf(sourceOf(id)) };
  }

  /** A stretch of a recording; what the recording was opened with is used again as long as nothing was added. */
  private async partOf(id: string, range: TimeRange): Promise<OpenedView> {
    const { bytes } = await this.entryOf(sourceOf(id));
    const known = this.opened;
    const isCurrent = known?.view.entry.id === id && known.view.entry.bytes === bytes;
    const whole = isCurrent ? known : await this.openWhole(id);
    const key = JSON.stringify(range);
    if (this.part?.whole === whole && this.part.key === key) return this.part.view;
    const view = await whole.within(range);
    this.part = { whole, key, view };
    return view;
  }

  /** Throws what opening the source throws. */
  async flame({ source, metric, range, order = 'weight' }: FlameRequest): Promise<FlameView> {
    const { bytes, startedAt, state } = await this.entryOf(source);
    const folder = source.kind === 'recording' ? (await this.recordings.label(source.id)).folder : undefined;
    const key = JSON.stringify({ source, metric, range, order, bytes, startedAt, state, folder });
    return this.flames.make(key, order, async () => {
      const known = [this.opened, this.drawn].find(
        each => each?.view.entry.id === sourceId(source) && each.view.entry.bytes === bytes,
      );
      this.drawn = known ?? (await this.openSource(source));
      const { operations } = source.kind === 'recording' ? source : {};
      if (operations) return this.drawn.ofOperations(operations).flame(metric);
      return (range ? await this.drawn.within(range) : this.drawn).flame(metric);
    });
  }

  private async entryOf(source: ProfileSource): Promise<RecordingEntry> {
    return source.kind === 'file' ? profileFileEntry(source.file) : this.recordings.entry(source.id);
  }

  /** One that is being read already is not read twice: an editor asks for its hints and its flamegraph at once. */
  private openSource(source: ProfileSource): Promise<OpenedView> {
    const id = sourceId(source);
    const opening = this.opening.get(id) ?? this.readSource(source).finally(() => this.opening.delete(id));
    this.opening.set(id, opening);
    return opening;
  }

  private async readSource(source: ProfileSource): Promise<OpenedView> {
    const { workspaceFolders } = this.options;
    if (source.kind === 'file')
      return OpenedView.openFile({ entry: await profileFileEntry(source.file), workspaceFolders });
    const { folder } = await this.recordings.label(source.id);
    return OpenedView.open({
      ...(await this.viewRequest(source.id)),
      ...(folder === undefined ? {} : { mappedFolder: folder }),
    });
  }

  private async viewRequest(id: string): Promise<ViewRequest> {
    const { workspaceFolders } = this.options;
    const parts = this.prepared?.id === id ? { parts: this.prepared.parts } : {};
    return { entry: await this.recordings.entry(id), workspaceFolders, ...parts };
  }

  /**
   * Reads a recording while it goes on, and looks through all of it whenever it is twice as long as at the last time:
   * when it ends, little is left to read, and V8 has compiled the analysis (the first one takes a second).
   */
  private async prepare({ id, state, elapsedMilliseconds }: CaptureProgress): Promise<void> {
    if (state !== 'recording' || elapsedMilliseconds < PREPARED_MILLISECONDS) return;
    const known = this.prepared?.id === id ? this.prepared : undefined;
    const isDue = elapsedMilliseconds >= 2 * (known?.atMilliseconds ?? 0);
    const parts = known?.parts ?? new RecordingParts(path.join(this.recordings.folder, id));
    const atMilliseconds = isDue ? elapsedMilliseconds : (known?.atMilliseconds ?? 0);
    this.prepared = { id, parts, atMilliseconds };
    try {
      if (isDue) await OpenedView.open(await this.viewRequest(id));
      else await parts.update();
    } catch {
      // Not readable yet, or gone already. Nobody has asked for it: `open` says what is wrong if it stays like that.
      this.prepared = undefined;
    }
  }

  async callers({ id, chain, range, metric }: CallersRequest): Promise<readonly PathNode[]> {
    if (range) return (await this.partOf(id, range)).callers(chain);
    if (this.opened?.view.entry.id !== id) await this.open(id);
    return this.opened?.callers(chain, metric) ?? [];
  }

  /** What is open, or else a recording that is opened for this; one that goes on as far as it is. */
  private async current(id: string): Promise<OpenedView> {
    const { bytes } = await this.entryOf(sourceOf(id));
    const known = [this.opened, this.drawn].find(
      each => each?.view.entry.id === id && each.view.entry.bytes === bytes,
    );
    if (!known) this.drawn = await this.openSource(sourceOf(id));
    return known ?? this.drawn!;
  }

  async mapFolder(id: string, folder: string): Promise<RecordingView> {
    await this.recordings.change(id, { folder });
    this.drawn = undefined;
    return this.open(id);
  }

  async dispose(): Promise<void> {
    this.runtimeViews.dispose();
    await Promise.all([this.captures.dispose(), this.viewFiles.dispose(), this.heaps.dispose()]);
  }

  async closeHeap(id: string): Promise<null> {
    this.leakViews.forget(id);
    return this.heaps.close(id);
  }

  async export({ source, format, file, isRelative, range, metric }: ExportRequest): Promise<ExportedFiles> {
    const input = await this.inputOf(source);
    const operations = source.kind === 'recording' ? source.operations : undefined;
    const profile = operations ? await analyzeOperations(input, operations) : await analyze([input], range);
    const relativeTo = [...this.options.workspaceFolders, ...profile.folders];
    return {
      files: await exportProfile(profile, {
        format,
        file,
        dist: __dirname,
        ...(metric ? { metric } : {}),
        ...(isRelative ? { relativeTo } : {}),
        ...(metric ? { metric } : {}),
      }),
    };
  }

  /** Absolute path of what a source means: a recording's folder, or a profile file. Throws `recording-gone`. */
  private async inputOf(source: ProfileSource): Promise<string> {
    return source.kind === 'file' ? source.file : (await this.recordings.entry(source.id)).folder;
  }

  /** Nobody waits for it; what goes wrong is said in the output of the server. */
  private async removeOld(kept: string): Promise<void> {
    try {
      await this.recordings.removeOld(Date.now(), kept);
      this.changed();
    } catch (error) {
      process.stderr.write(`old recordings could not be removed: ${String(error)}\n`);
    }
  }

  private changed(): void {
    this.notify('slowcatch/recordingsChanged', null);
  }

  private needTrust(): void {
    if (!this.options.isTrusted) throw new UserError('not-trusted');
  }
}
