/** Recordings that an editor makes: each lives from `begin` until its entry is handed out. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { attachPrograms } from '../collect/attached-program.ts';
import { inspectorBehind } from '../collect/attach/debug-session.ts';
import { AwaitedPrograms, type AwaitedLaunch } from '../collect/awaited-programs.ts';
import { DEFAULT_OPERATIONS, type OperationsConfiguration } from '../contracts/operation-kinds.ts';
import { THREAD_FOLDER_PATTERN } from '../contracts/recording-files.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import type { BeginCapture, Capture, CaptureProgress } from '../contracts/server.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import { asUserError } from '../contracts/recorded-problem.ts';
import { microseconds } from '../contracts/units.ts';
import { UserError } from '../contracts/user-error.ts';
import { LeakSession } from './leaks/leak-session.ts';
import { liveOverhead } from './live-overhead.ts';
import { RecordingSession, type RecordRequest } from './record.ts';
import type { Recordings } from './recordings.ts';

const PROGRESS_MILLISECONDS = 1000;

export interface CapturesOptions {
  readonly recordings: Recordings;
  /** Absolute path of the agent bundle. */
  readonly agent: string;
  readonly onProgress: (progress: CaptureProgress) => void;
  /** What is known of a program's memory is something else now. */
  readonly onLeaks: (id: string) => void;
}

/** Seldom: what the CPU does is not what is asked for. */
const LEAKS_INTERVAL = microseconds(10_000);

export class Captures {
  private readonly running = new Map<string, RunningCapture>();

  constructor(private readonly options: CapturesOptions) {}

  /** Throws a `UserError` when it cannot begin. */
  async begin(request: BeginCapture): Promise<Capture> {
    const capture = await RunningCapture.begin(request, this.options);
    this.running.set(capture.id, capture);
    return { id: capture.id, notes: capture.notes };
  }

  async environment(id: string, launch: AwaitedLaunch): Promise<Record<string, string | null>> {
    return this.find(id).programs.environment(launch);
  }

  /** Of a capture that tracks the memory of its program. */
  leaksOf(id: string): LeakSession | undefined {
    return this.running.get(id)?.leaks;
  }

  /** Answers when everything is on disk; null for a recording without any process, which is removed. */
  async stop(id: string, endedBy: 'program' | 'user'): Promise<RecordingEntry | null> {
    const capture = this.find(id);
    await capture.stop(endedBy).finally(() => this.running.delete(id));
    if (!(await isEmpty(capture.folder))) return this.options.recordings.entry(id);
    await fs.rm(capture.folder, { recursive: true, force: true });
    return null;
  }

  /** Our process ends: what was recorded is closed properly, as far as time allows. */
  async dispose(): Promise<void> {
    await Promise.all([...this.running.values()].map(capture => capture.stop('user')));
    this.running.clear();
  }

  private find(id: string): RunningCapture {
    const capture = this.running.get(id);
    if (!capture) throw new UserError('recording-gone', { id });
    return capture;
  }
}

class RunningCapture {
  readonly programs = new AwaitedPrograms();
  readonly notes: string[] = [];
  leaks: LeakSession | undefined;
  private readonly problems: RecordedProblem[] = [];
  private state: CaptureProgress['state'] = 'waiting';
  private session: RecordingSession | undefined;
  private startedAt: number | undefined;
  private hasEnded = false;
  private failure: unknown;
  private cannotTellOverhead = false;
  private cannotLook = false;
  private timer: NodeJS.Timeout | undefined;
  /** Never rejects. */
  private saved: Promise<void> = Promise.resolve();

  private constructor(
    private readonly kind: BeginCapture['kind'],
    private readonly onProgress: CapturesOptions['onProgress'],
  ) {}

  static async begin(request: BeginCapture, options: CapturesOptions): Promise<RunningCapture> {
    const capture = new RunningCapture(request.kind, options.onProgress);
    const session = await RecordingSession.begin({
      subject: await capture.subject(request),
      environment: process.env,
      ...whatOf(request),
      kind: request.isWatch ? 'watch' : 'profile',
      folder: { below: options.recordings.folder },
      output: 'stderr',
      agent: options.agent,
      onProblem: problem => capture.problems.push(problem.inEditor),
      onNote: note => capture.notes.push(note),
      onSampling: () => capture.sampling(),
    });
    if (request.tracksLeaks === true) capture.track(session, request.name, options);
    capture.follow(session);
    return capture;
  }

  get folder(): string {
    return this.session?.folder ?? '';
  }

  get id(): string {
    return path.basename(this.folder);
  }

  /** Throws when the recording could not be saved. */
  async stop(endedBy: 'program' | 'user'): Promise<void> {
    if (!this.hasEnded) this.state = 'stopping';
    await this.tell();
    // Only of programs that the editor has started nobody else knows that they have ended.
    if (this.kind === 'launch' && endedBy === 'program') this.programs.end();
    // What goes wrong in it is told by `saved`.
    else await Promise.allSettled([this.session?.stop(endedBy, 'leaves')]);
    await this.saved;
    await this.closeLeaks();
    clearInterval(this.timer);
    this.state = this.failure === undefined ? 'saved' : 'failed';
    await this.tell();
    if (this.failure !== undefined) throw this.failure;
  }

  private async subject(request: BeginCapture): Promise<RecordRequest['subject']> {
    const { name, cwd } = request;
    if (request.kind === 'launch')
      return { kind: 'given', name, cwd, command: request.command, begin: this.programs.begin };
    if (request.kind === 'attach') return { kind: 'attach', target: request.target, cwd };
    const targets = await Promise.all(request.proxies.map(inspectorBehind));
    const begin = attachPrograms(targets, note => this.notes.push(note));
    return { kind: 'given', name, cwd, command: ['debug session', name], begin };
  }

  private track({ recorder, folder }: RecordingSession, name: string, options: CapturesOptions): void {
    this.leaks = new LeakSession({
      ...{ recorder, folder, name },
      dist: path.dirname(options.agent),
      onChange: () => options.onLeaks(path.basename(folder)),
    });
  }

  private sampling(): void {
    this.startedAt = performance.now();
    if (this.state === 'waiting') this.state = 'recording';
    void this.tell();
  }

  private follow(session: RecordingSession): void {
    this.session = session;
    this.saved = session.saved().then(
      () => this.ended(undefined),
      (error: unknown) => this.ended(error),
    );
    this.timer = setInterval(() => void this.tell(), PROGRESS_MILLISECONDS);
    void this.tell();
  }

  /** A failure is thrown by `stop`, which is asked for then. */
  private ended(failure: unknown): Promise<void> {
    this.hasEnded = true;
    this.failure = failure;
    return this.tell();
  }

  private async tell(): Promise<void> {
    const { session, startedAt, hasEnded, leaks } = this;
    if (!session) return;
    if (this.state === 'recording') void this.lookAtHeap();
    const overheadShare = await this.overhead(session.folder);
    this.onProgress({
      id: this.id,
      state: this.state,
      elapsedMilliseconds: startedAt === undefined ? 0 : performance.now() - startedAt,
      processes: session.processes,
      ...(leaks ? { tracksLeaks: true } : {}),
      ...(overheadShare === undefined ? {} : { overheadShare }),
      problems: this.problems.splice(0),
      hasEnded,
    });
  }

  /** The recording itself is saved whatever becomes of that. */
  private async closeLeaks(): Promise<void> {
    try {
      await this.leaks?.close();
    } catch (error) {
      this.problems.push(asUserError(error).inEditor);
    }
  }

  /** What a snapshot would cost is said before it is asked for. */
  private async lookAtHeap(): Promise<void> {
    if (this.cannotLook) return;
    try {
      await this.leaks?.look();
    } catch (error) {
      this.cannotLook = true;
      this.problems.push(asUserError(error).inEditor);
    }
  }

  /** A recording goes on also where its cost cannot be told; why is said once. */
  private async overhead(folder: string): Promise<number | undefined> {
    if (this.cannotTellOverhead) return undefined;
    try {
      return await liveOverhead(folder);
    } catch (error) {
      this.cannotTellOverhead = true;
      this.problems.push(new UserError('internal', { detail: String(error) }).inEditor);
      return undefined;
    }
  }
}

/** Where memory is tracked nothing else is: what follows operations would stand in the heap too. */
const whatOf = (request: BeginCapture) =>
  request.tracksLeaks === true
    ? { intervalMicroseconds: LEAKS_INTERVAL, leaks: true }
    : {
        intervalMicroseconds: microseconds(request.intervalMicroseconds),
        allocations: request.allocations ?? false,
        operations: operationsOf(request),
        watch: request.watch ?? [],
      };

const operationsOf = ({ thresholdMilliseconds, thresholds }: BeginCapture): OperationsConfiguration => ({
  ...DEFAULT_OPERATIONS,
  ...(thresholdMilliseconds === undefined ? {} : { thresholdMilliseconds }),
  ...(thresholds ? { thresholds } : {}),
});

async function isEmpty(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return true;
  return !(await fs.readdir(folder)).some(name => THREAD_FOLDER_PATTERN.test(name));
}
