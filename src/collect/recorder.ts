/**
 * One recording from its first to its last byte; the only mutable session.
 *
 *   idle ──start──► starting ──► recording ──stop or the program's end──► stopping ──► saved
 */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { AGENT_PROTOCOL_VERSION, type AgentConfiguration, type HeapAnswer } from '../contracts/agent.ts';
import { RECORDING_VERSION, WATCHED_FILE } from '../contracts/recording-files.ts';
import type { OperationsConfiguration } from '../contracts/operation-kinds.ts';
import type { Manifest, RecordedProblem } from '../contracts/recording.ts';
import type { WatchedFile } from '../contracts/watched.ts';
import type { Microseconds } from '../contracts/units.ts';
import { asRecorded, asUserError } from '../contracts/recorded-problem.ts';
import { UserError, type UserErrorCode } from '../contracts/user-error.ts';
import { AgentServer } from './agent-server.ts';
import { NoAgentWatch } from './no-agent.ts';
import {
  createRecordingFolder,
  folderError,
  keepPending,
  removeRecordingFolder,
  writeManifest,
} from './recording-folder.ts';
import type { BeginProgram, ProgramExit, RunningProgram } from './running-program.ts';

export interface RecorderOptions {
  readonly id: string;
  /** Absolute path of the recording's folder. */
  readonly folder: string;
  /** Absolute path of the agent bundle. */
  readonly agent: string;
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly configuration?: string;
  readonly intervalMicroseconds: Microseconds;
  /** Where memory is allocated is recorded too. */
  readonly allocations?: boolean;
  /** Snapshots of its heap will be asked for. */
  readonly leaks?: boolean;
  /** Absent: operations are not followed. */
  readonly operations?: OperationsConfiguration;
  /** `profile` unless told. */
  readonly kind?: Manifest['kind'];
  /** What the agent puts into files of the program; only where operations are followed. */
  readonly watched?: readonly WatchedFile[];
  /** What is known to be amiss before it begins. */
  readonly problems?: readonly UserError[];
}

export type StopReason = NonNullable<Manifest['endedBy']>;
/** Whether a launched program that still runs is ended, or `leaves` by itself. */
export type Leave = 'terminate' | 'leaves';

interface Events {
  /** The first process has reported: the recording runs. */
  sampling: [];
  problem: [UserError];
}

/** What agents get to close their last segments; a program in a long native call may miss it. */
const AGENTS_TIMEOUT_MILLISECONDS = 5000;
/** Children that outlive the program keep their agents for that long at most. */
const STRAGGLERS_TIMEOUT_MILLISECONDS = 1000;

export class Recorder extends EventEmitter<Events> {
  state: 'idle' | 'starting' | 'recording' | 'stopping' | 'saved' = 'idle';
  /** Settles when the recording is over; rejects when it could not be saved. */
  readonly saved: Promise<Manifest>;
  private readonly server = new AgentServer();
  private readonly problems: RecordedProblem[] = [];
  private readonly startedAt = new Date();
  private readonly watch: NoAgentWatch;
  /** Parents of the processes that have reported. */
  private readonly parents = new Map<number, number>();
  private program: RunningProgram | undefined;
  private stopAsked: readonly [StopReason, Leave] | undefined;
  private settle: { resolve: (manifest: Manifest) => void; reject: (error: unknown) => void };

  constructor(private readonly options: RecorderOptions) {
    super();
    const { promise, ...settle } = withResolvers<Manifest>();
    this.saved = promise;
    // Whoever asks for it gets the error; nobody has to.
    promise.catch(() => undefined);
    this.settle = settle;
    this.problems.push(...(options.problems ?? []).map(asRecorded));
    this.watch = new NoAgentWatch(options, problem => this.report(problem));
  }

  /** Processes that have reported so far. */
  get processes(): number {
    return this.parents.size;
  }

  /** How large the heaps of all processes are; those that have gone meanwhile do not answer. */
  async heaps(): Promise<HeapAnswer[]> {
    const answers = await Promise.all(this.server.pids.map(pid => this.server.askHeap(pid)));
    return answers.filter(answer => answer !== undefined);
  }

  /** Writes a snapshot of the heap of a process; without an answer when it has gone. */
  async snapshot(pid: number, file: string): Promise<HeapAnswer | undefined> {
    return this.server.askHeap(pid, file);
  }

  /** Something has been heard of the program: a process, or why there is none. */
  get hasNews(): boolean {
    return this.parents.size > 0 || this.problems.length > 0;
  }

  /** Throws a `UserError` when the recording cannot begin; nothing is left running then. */
  async start(begin: BeginProgram): Promise<void> {
    await createRecordingFolder(this.options.folder);
    this.state = 'starting';
    this.listen();
    try {
      await this.server.listen();
      await writeManifest(this.options.folder, this.manifest({ state: 'recording' }));
      await this.writeWatched();
      this.program = await begin(this.agentConfiguration());
    } catch (error) {
      await this.server.dispose();
      await removeRecordingFolder(this.options.folder);
      throw error;
    }
    this.state = 'recording';
    this.watch.start();
    void this.ended(this.program).then(exit => this.finish('program', exit));
    if (this.stopAsked) await this.stop(...this.stopAsked);
  }

  /**
   * Ends the recording; whether it could be saved, `saved` tells. What has not begun yet ends as soon as it has: a
   * program that is being attached to can be let go only then.
   */
  async stop(reason: StopReason, how: Leave = 'terminate'): Promise<void> {
    this.stopAsked ??= [reason, how];
    await this.finish(reason, undefined, how);
    await Promise.allSettled([this.saved]);
  }

  private listen(): void {
    this.server.on('hello', hello => {
      this.watch.reported();
      this.withdraw('no-agent');
      this.parents.set(hello.pid, hello.parentPid);
      if (this.parents.size === 1) this.emit('sampling');
    });
    this.server.on('problem', ({ code, pid, detail }) => this.report({ code, values: { pid, detail } }));
  }

  /** A program that can no longer be watched counts as ended. */
  private async ended(program: RunningProgram): Promise<ProgramExit> {
    return (await this.tried(() => program.ended)) ?? { code: null, signal: null };
  }

  private get watchedFile(): string | undefined {
    const { watched = [], folder } = this.options;
    return watched.length > 0 ? path.join(folder, WATCHED_FILE) : undefined;
  }

  private async writeWatched(): Promise<void> {
    const { watched, folder } = this.options;
    if (this.watchedFile === undefined) return;
    try {
      await fs.writeFile(this.watchedFile, JSON.stringify(watched));
    } catch (error) {
      throw folderError(folder, error);
    }
  }

  private operations(): OperationsConfiguration | undefined {
    const { operations } = this.options;
    const watched = this.watchedFile;
    return operations && watched !== undefined ? { ...operations, watched } : operations;
  }

  private agentConfiguration(): AgentConfiguration {
    const { agent, folder, intervalMicroseconds, allocations = false, kind, leaks } = this.options;
    const operations = this.operations();
    return {
      version: AGENT_PROTOCOL_VERSION,
      agent: agent.replaceAll('\\', '/'),
      socket: this.server.path,
      token: this.server.token,
      folder,
      intervalMicroseconds,
      ...(allocations ? { allocations } : {}),
      ...(operations ? { operations } : {}),
      ...(kind ? { kind } : {}),
      ...(leaks ? { leaks } : {}),
    };
  }

  private async finish(endedBy: StopReason, exit?: ProgramExit, how: Leave = 'terminate'): Promise<void> {
    if (this.state !== 'recording') return;
    this.state = 'stopping';
    const ended = exit ?? (await this.tried(() => this.letGo(how)));
    if (exit) await this.server.allGone(STRAGGLERS_TIMEOUT_MILLISECONDS);
    await this.server.stopAgents(AGENTS_TIMEOUT_MILLISECONDS);
    await this.tried(() => this.watch.stop());
    await this.tried(() => this.server.dispose());
    await this.tried(() => keepPending(this.options.folder));
    await this.save(
      this.manifest({
        state: 'saved',
        endedBy,
        stoppedAt: new Date().toISOString(),
        exitCode: ended?.code ?? null,
        exitSignal: ended?.signal ?? null,
      }),
    );
  }

  /** The program goes on: first its agents stop and write, then it is ended or left alone. */
  private async letGo(how: Leave): Promise<ProgramExit | undefined> {
    const pids = this.topPids();
    await this.server.stopAgents(AGENTS_TIMEOUT_MILLISECONDS);
    const problems = (await this.program?.release(how, pids)) ?? [];
    this.problems.push(...problems);
    return this.program && Promise.race([this.program.ended, Promise.resolve(undefined)]);
  }

  /**
   * The program's own children are its own business: it ends them, or they end with their work. A process that has
   * ended is not among these: its id may be another one's by now.
   */
  private topPids(): readonly number[] {
    return this.server.pids.filter(pid => !this.parents.has(this.parents.get(pid) ?? 0));
  }

  /** A step that fails on the way out is a problem of the recording; the steps after it are taken all the same. */
  private async tried<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      this.add(asUserError(error));
      return undefined;
    }
  }

  private report({ code, values }: { code: UserErrorCode; values: Record<string, string | number> }): void {
    this.add(new UserError(code, values));
  }

  /** It has turned out otherwise: a busy machine starts programs late. */
  private withdraw(code: UserErrorCode): void {
    const at = this.problems.findIndex(problem => problem.code === code);
    if (at !== -1) this.problems.splice(at, 1);
  }

  private add(error: UserError): void {
    this.problems.push(asRecorded(error));
    this.emit('problem', error);
  }

  private async save(manifest: Manifest): Promise<void> {
    try {
      await this.saveOrSay(manifest);
      this.settle.resolve(manifest);
    } catch (error) {
      this.settle.reject(error);
    } finally {
      this.state = 'saved';
    }
  }

  /** What the agents have written is worth having also when there is no room left to say that it is all. */
  private async saveOrSay(manifest: Manifest): Promise<void> {
    const { folder } = this.options;
    try {
      await writeManifest(folder, manifest);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (!existsSync(folder)) throw new UserError('folder-removed', { folder }, error);
      this.emit('problem', error);
    }
  }

  private manifest(changes: Partial<Manifest> & Pick<Manifest, 'state'>): Manifest {
    const { id, kind = 'profile', name, command, cwd, configuration, intervalMicroseconds } = this.options;
    return {
      version: RECORDING_VERSION,
      id,
      kind,
      name,
      command: [...command],
      cwd,
      ...(configuration === undefined ? {} : { configuration }),
      startedAt: this.startedAt.toISOString(),
      intervalMicroseconds,
      platform: `${process.platform}-${process.arch}`,
      recorderPid: process.pid,
      problems: this.problems,
      ...changes,
    };
  }
}

/** `Promise.withResolvers` of Node 22. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
