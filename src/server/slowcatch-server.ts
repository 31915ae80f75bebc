import { Captures } from '../backend/captures.ts';
import { OpenedView } from '../backend/open-view.ts';
import { listProcesses } from '../backend/processes.ts';
import { Recordings } from '../backend/recordings.ts';
import type {
  BeginCapture,
  Capture,
  LaunchEnvironment,
  PathNode,
  ProcessEntry,
  RecordingEntry,
  RecordingView,
  ServerNotifications,
  ServerOptions,
} from '../contracts/server.ts';
import { UserError } from '../contracts/user-error.ts';

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
  private readonly captures: Captures;
  /** The recording whose callers may be asked for next: analysed ones are large. */
  private opened: OpenedView | undefined;

  constructor(
    private readonly options: Options,
    private readonly notify: Notify,
  ) {
    this.recordings = new Recordings(options.recordingsFolder);
    this.captures = new Captures({
      recordings: this.recordings,
      agent: options.agent,
      onProgress: progress => notify('slowcatch/capture', progress),
    });
  }

  async begin(request: BeginCapture): Promise<Capture> {
    this.needTrust();
    await this.recordings.removeOld(Date.now());
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
    this.changed();
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
    if (this.opened?.view.entry.id === id) this.opened = undefined;
    this.changed();
    return null;
  }

  async open(id: string): Promise<RecordingView> {
    const entry = await this.recordings.entry(id);
    const { folder } = await this.recordings.label(id);
    const { workspaceFolders } = this.options;
    this.opened = await OpenedView.open({
      ...{ entry, workspaceFolders },
      ...(folder === undefined ? {} : { mappedFolder: folder }),
    });
    return this.opened.view;
  }

  async callers(id: string, chain: readonly number[]): Promise<readonly PathNode[]> {
    if (this.opened?.view.entry.id !== id) await this.open(id);
    return this.opened?.callers(chain) ?? [];
  }

  async mapFolder(id: string, folder: string): Promise<RecordingView> {
    await this.recordings.change(id, { folder });
    return this.open(id);
  }

  dispose(): Promise<void> {
    return this.captures.dispose();
  }

  private changed(): void {
    this.notify('slowcatch/recordingsChanged', null);
  }

  private needTrust(): void {
    if (!this.options.isTrusted) throw new UserError('not-trusted');
  }
}
