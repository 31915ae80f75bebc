/** The use case behind `run` and `attach`: one program or launch configuration, one recording. */
import path from 'node:path';
import { attachProgram } from '../collect/attached-program.ts';
import { launchPrograms, runTask, type ProgramOutput } from '../collect/launched-programs.ts';
import type { LaunchPlan, ProgramLaunch } from '../collect/launch/launch-plan.ts';
import { resolveLaunch } from '../collect/launch/resolve-launch.ts';
import { LoadCommand } from '../collect/load-command.ts';
import { Recorder, type StopReason } from '../collect/recorder.ts';
import { newRecordingId } from '../collect/recording-folder.ts';
import { keepFileHashes } from './file-hashes.ts';
import { keepSources } from './keep-sources.ts';
import { recordedScripts } from './open-recording.ts';
import type { BeginProgram } from '../collect/running-program.ts';
import type { Manifest, RecordedProblem } from '../contracts/recording.ts';
import type { Microseconds, Milliseconds } from '../contracts/units.ts';
import { recordedProblem } from '../contracts/recorded-problem.ts';

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
  readonly durationMilliseconds?: Milliseconds;
  /** A shell command that puts load on the program; the recording ends with it. */
  readonly load?: string;
  /** Absolute path of the recording's folder, or of the folder below which it is made. */
  readonly folder: { readonly exactly: string } | { readonly below: string };
  readonly output: ProgramOutput;
  /** Absolute path of the agent bundle. */
  readonly agent: string;
  readonly onProblem: (problem: RecordedProblem) => void;
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

/** A recording that runs. */
export class RecordingSession {
  private timer: NodeJS.Timeout | undefined;
  private load: LoadCommand | undefined;

  private constructor(
    private readonly recorder: Recorder,
    readonly folder: string,
    private readonly onProblem: RecordRequest['onProblem'],
  ) {}

  /** Throws a `UserError` when it cannot begin. */
  static async begin(request: RecordRequest): Promise<RecordingSession> {
    const prepared = await prepare(request);
    const id = newRecordingId(new Date());
    const folder = 'exactly' in request.folder ? request.folder.exactly : path.join(request.folder.below, id);
    const { name, command, cwd, configuration, begin } = prepared;
    const { agent, intervalMicroseconds } = request;
    const recorder = new Recorder({
      ...{ id, folder, agent, name, command, cwd, intervalMicroseconds },
      ...(configuration === undefined ? {} : { configuration }),
    });
    recorder.on('problem', request.onProblem);
    const session = new RecordingSession(recorder, folder, request.onProblem);
    recorder.once('sampling', () => {
      session.limit(request);
      request.onSampling?.();
    });
    recorder.on('problem', () => {
      if (recorder.state === 'recording') session.limit(request);
    });
    await recorder.start(begin);
    return session;
  }

  /** Processes that have reported so far. */
  get processes(): number {
    return this.recorder.processes;
  }

  /** Settles when everything is on disk. */
  async saved(): Promise<Manifest> {
    try {
      const manifest = await this.recorder.saved;
      const scripts = await recordedScripts(this.folder);
      for (const { code, file, detail } of await keepSources(this.folder, scripts))
        this.onProblem(recordedProblem(code, { file, detail }));
      await keepFileHashes(this.folder, scripts);
      return manifest;
    } finally {
      clearTimeout(this.timer);
      this.load?.end();
    }
  }

  async stop(reason: StopReason, how?: 'terminate' | 'leaves'): Promise<void> {
    await this.recorder.stop(reason, how);
  }

  /** From the first sample on, or the first problem (no sample may ever come): the end by time, the load's end. */
  private limit({ durationMilliseconds, load, environment, subject }: RecordRequest): void {
    if (this.timer || this.load) return;
    const end = (reason: StopReason): void => void this.recorder.stop(reason);
    if (durationMilliseconds !== undefined)
      this.timer = setTimeout(() => end('duration'), durationMilliseconds);
    if (load === undefined) return;
    this.load = new LoadCommand(load, { cwd: folderOf(subject), environment });
    this.load.once('exit', () => end('load'));
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
