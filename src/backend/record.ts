/** The use case behind `run` and `attach`: one program or launch configuration, one recording. */
import path from 'node:path';
import { attachProgram } from '../collect/attached-program.ts';
import { launchPrograms, runTask, type ProgramOutput } from '../collect/launched-programs.ts';
import type { LaunchPlan, ProgramLaunch } from '../collect/launch/launch-plan.ts';
import { resolveLaunch } from '../collect/launch/resolve-launch.ts';
import { LoadCommand } from '../collect/load-command.ts';
import { Recorder, type Leave, type StopReason } from '../collect/recorder.ts';
import { folderError, newRecordingId } from '../collect/recording-folder.ts';
import { keepFileHashes } from './file-hashes.ts';
import { keepSources } from './keep-sources.ts';
import { readThreads } from './recorded-threads.ts';
import { PARSER_FILE, SourceParser } from './watch/parser.ts';
import { planWatch, type WatchPlan } from './watch/plan.ts';
import type { BeginProgram } from '../collect/running-program.ts';
import type { OperationsConfiguration } from '../contracts/operation-kinds.ts';
import type { Manifest } from '../contracts/recording.ts';
import type { WatchRequest } from '../contracts/watched.ts';
import type { Microseconds, Milliseconds } from '../contracts/units.ts';
import { asUserError } from '../contracts/recorded-problem.ts';
import { UserError } from '../contracts/user-error.ts';

export type Subject =
  | { readonly kind: 'command'; readonly command: readonly string[]; readonly cwd: string }
  | { readonly kind: 'launch'; readonly workspaceFolder: string; readonly name: string }
  | { readonly kind: 'attach'; readonly target: string; readonly cwd: string }
  | {
      /** Somebody else starts or holds the programs. */
      readonly kind: 'given';
      readonly name: string;
      readonly command: readonly string[];
      readonly cwd: string;
      readonly begin: BeginProgram;
    };

export interface RecordRequest {
  readonly subject: Subject;
  readonly environment: NodeJS.ProcessEnv;
  readonly intervalMicroseconds: Microseconds;
  /** Where memory is allocated is recorded too. */
  readonly allocations?: boolean;
  /** Snapshots of its heap will be asked for, by `RecordingSession.recorder`. */
  readonly leaks?: boolean;
  /** Absent: operations are not followed. */
  readonly operations?: OperationsConfiguration;
  /** `profile` unless told. */
  readonly kind?: Manifest['kind'];
  /** Functions whose calls are operations. */
  readonly watch?: readonly WatchRequest[];
  readonly durationMilliseconds?: Milliseconds;
  /** A shell command that puts load on the program; the recording ends with it. */
  readonly load?: string;
  /** Absolute path of the recording's folder, or of the folder below which it is made. */
  readonly folder: { readonly exactly: string } | { readonly below: string };
  readonly output: ProgramOutput;
  /** Absolute path of the agent bundle. */
  readonly agent: string;
  readonly onProblem: (problem: UserError) => void;
  readonly onNote: (note: string) => void;
  /** The first process has reported. */
  readonly onSampling?: () => void;
}

const folderOf = (subject: Subject): string =>
  subject.kind === 'launch' ? subject.workspaceFolder : subject.cwd;

interface Prepared {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly configuration?: string;
  readonly begin: BeginProgram;
}

/** A recording that is about to run, or runs. */
export class RecordingSession {
  private timer: NodeJS.Timeout | undefined;
  private load: LoadCommand | undefined;

  private constructor(
    readonly recorder: Recorder,
    private readonly program: BeginProgram,
    readonly id: string,
    readonly folder: string,
    private readonly request: RecordRequest,
  ) {
    const limit = (): void => this.limit();
    recorder.on('problem', request.onProblem);
    recorder.on('problem', limit);
    recorder.once('sampling', limit);
    recorder.once('sampling', () => request.onSampling?.());
  }

  /** Nothing of the program runs yet but the tasks before it. Throws a `UserError` when it cannot begin. */
  static async prepare(request: RecordRequest): Promise<RecordingSession> {
    const prepared = await prepare(request);
    const id = newRecordingId(new Date());
    const folder = 'exactly' in request.folder ? request.folder.exactly : path.join(request.folder.below, id);
    const { name, command, cwd, configuration, begin } = prepared;
    const {
      agent,
      intervalMicroseconds,
      allocations = false,
      operations,
      kind = 'profile',
      leaks = false,
    } = request;
    const { files: watched, problems } = await watchPlan(request);
    for (const problem of problems) request.onProblem(problem);
    const recorder = new Recorder({
      ...{ watched, problems },
      ...{ id, folder, agent, name, command, cwd, intervalMicroseconds, allocations, kind },
      ...(operations ? { operations } : {}),
      ...(leaks ? { leaks } : {}),
      ...(configuration === undefined ? {} : { configuration }),
    });
    return new RecordingSession(recorder, begin, id, folder, request);
  }

  /** Throws a `UserError` when it cannot begin. */
  static async begin(request: RecordRequest): Promise<RecordingSession> {
    const session = await RecordingSession.prepare(request);
    await session.start();
    return session;
  }

  /** Throws a `UserError` when it cannot begin; nothing is left running then. */
  async start(): Promise<void> {
    await this.recorder.start(this.program);
    if (this.recorder.hasNews) this.limit();
  }

  /** The program is still being started or attached to. */
  get isStarting(): boolean {
    return this.recorder.state === 'starting';
  }

  /** Processes that have reported so far. */
  get processes(): number {
    return this.recorder.processes;
  }

  /** Settles when everything is on disk. */
  async saved(): Promise<Manifest> {
    try {
      const manifest = await this.recorder.saved;
      await this.keepSources();
      return manifest;
    } finally {
      clearTimeout(this.timer);
      this.load?.end();
    }
  }

  /** Resolves when it is over; how it went, `saved` tells. Also while it is still starting. */
  async stop(reason: StopReason, how?: Leave): Promise<void> {
    await this.recorder.stop(reason, how);
  }

  /** A recording without its sources (the disk is full) is shown all the same. */
  private async keepSources(): Promise<void> {
    const { onProblem } = this.request;
    try {
      const threads = await readThreads(this.folder);
      const scripts = threads.flatMap(thread => thread.scripts);
      for (const { code, file, detail } of await keepSources(this.folder, scripts))
        onProblem(new UserError(code, { file, detail }));
      await keepFileHashes(this.folder, threads);
    } catch (error) {
      onProblem(asUserError(folderError(this.folder, error)));
    }
  }

  /**
   * From the first sample on, or the first problem (no sample may ever come): the end by time, the load's end. Not
   * before the program is ours: one that is still being attached to cannot be let go.
   */
  private limit(): void {
    if (this.recorder.state !== 'recording' || this.timer || this.load) return;
    const { durationMilliseconds, load, environment, subject } = this.request;
    const end = (reason: StopReason): void => void this.recorder.stop(reason);
    if (durationMilliseconds !== undefined)
      this.timer = setTimeout(() => end('duration'), durationMilliseconds);
    if (load === undefined) return;
    this.load = new LoadCommand(load, { cwd: folderOf(subject), environment });
    this.load.once('exit', status => {
      if (status !== '0' && this.recorder.state === 'recording')
        this.request.onProblem(new UserError('load-failed', { load, status }));
      end('load');
    });
  }
}

async function watchPlan({ watch = [], agent }: RecordRequest): Promise<WatchPlan> {
  if (watch.every(({ functions }) => functions.length === 0)) return { files: [], problems: [] };
  const parser = await SourceParser.open(path.join(path.dirname(agent), PARSER_FILE));
  try {
    return await planWatch(watch, parser);
  } finally {
    await parser.dispose();
  }
}

async function prepare(request: RecordRequest): Promise<Prepared> {
  const { subject, environment } = request;
  if (subject.kind === 'command') {
    const [file = '', ...args] = subject.command;
    const name = subject.command.map(word => path.basename(word)).join(' ');
    const env = Object.fromEntries(
      Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const program: ProgramLaunch = { name, file, args, cwd: subject.cwd, env };
    return { ...subject, name, begin: launchPrograms([program], request.output) };
  }
  if (subject.kind === 'launch') return prepareLaunch(subject, request);
  if (subject.kind === 'given') return subject;
  return {
    name: `attach ${subject.target}`,
    command: ['attach', subject.target],
    cwd: subject.cwd,
    begin: attachProgram(subject.target, request.onNote),
  };
}

async function prepareLaunch(
  { workspaceFolder, name }: Extract<Subject, { kind: 'launch' }>,
  request: RecordRequest,
): Promise<Prepared> {
  const { environment, output } = request;
  const first = await resolveLaunch({ workspaceFolder, name, environment });
  for (const task of first.before.filter(({ background }) => !background)) await runTask(task, output);
  // The tasks may have built what the second reading looks for.
  const plan = await resolveLaunch({ workspaceFolder, name, environment, tasksHaveRun: true });
  for (const note of new Set([...first.notes, ...plan.notes])) request.onNote(note);
  return {
    name,
    command: commandOf(plan),
    cwd: workspaceFolder,
    configuration: name,
    begin: launchPrograms(
      plan.programs,
      output,
      plan.before.filter(({ background }) => background),
    ),
  };
}

const commandOf = (plan: LaunchPlan): string[] =>
  plan.programs.flatMap((program, index) => [...(index > 0 ? ['&'] : []), program.file, ...program.args]);
