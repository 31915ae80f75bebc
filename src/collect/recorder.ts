/**
 * One recording from its first to its last byte; the only mutable session.
 *
 *   idle ──start──► recording ──stop or the program's end──► stopping ──► saved
 */
import { EventEmitter } from 'node:events';
import { AGENT_PROTOCOL_VERSION, type AgentConfiguration } from '../contracts/agent.ts';
import { RECORDING_VERSION } from '../contracts/recording-files.ts';
import type { Manifest, RecordedProblem } from '../contracts/recording.ts';
import type { Microseconds } from '../contracts/units.ts';
import { recordedProblem } from '../contracts/recorded-problem.ts';
import { UserError, type UserErrorCode } from '../contracts/user-error.ts';
import { AgentServer } from './agent-server.ts';
import { NoAgentWatch } from './no-agent.ts';
import { createRecordingFolder, removeRecordingFolder, writeManifest } from './recording-folder.ts';
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
}

export type StopReason = NonNullable<Manifest['endedBy']>;

interface Events {
  /** The first process has reported: the recording runs. */
  sampling: [];
  problem: [RecordedProblem];
}

/** What agents get to close their last segments; a program in a long native call may miss it. */
const AGENTS_TIMEOUT_MILLISECONDS = 5000;
/** Children that outlive the program keep their agents for that long at most. */
const STRAGGLERS_TIMEOUT_MILLISECONDS = 1000;

export class Recorder extends EventEmitter<Events> {
  state: 'idle' | 'recording' | 'stopping' | 'saved' = 'idle';
  /** Settles when the recording is saved. */
  readonly saved: Promise<Manifest>;
  private readonly server = new AgentServer();
  private readonly problems: RecordedProblem[] = [];
  private readonly startedAt = new Date();
  private readonly watch: NoAgentWatch;
  /** Parents of the processes that have reported. */
  private readonly parents = new Map<number, number>();
  private program: RunningProgram | undefined;
  private settle: { resolve: (manifest: Manifest) => void; reject: (error: unknown) => void };

  constructor(private readonly options: RecorderOptions) {
    super();
    const { promise, ...settle } = withResolvers<Manifest>();
    this.saved = promise;
    this.settle = settle;
    this.watch = new NoAgentWatch(options, problem => this.report(problem));
  }

  /** Processes that have reported so far. */
  get processes(): number {
    return this.parents.size;
  }

  /** Throws a `UserError` when the recording cannot begin; nothing is left running then. */
  async start(begin: BeginProgram): Promise<void> {
    await createRecordingFolder(this.options.folder);
    this.server.on('hello', hello => {
      this.watch.reported();
      this.parents.set(hello.pid, hello.parentPid);
      if (this.parents.size === 1) this.emit('sampling');
    });
    this.server.on('problem', ({ code, pid, detail }) => this.report({ code, values: { pid, detail } }));
    try {
      await this.server.listen();
      await writeManifest(this.options.folder, this.manifest({ state: 'recording' }));
      this.state = 'recording';
      this.program = await begin(this.agentConfiguration());
    } catch (error) {
      await this.server.dispose();
      await removeRecordingFolder(this.options.folder);
      throw error;
    }
    this.watch.start();
    void this.program.ended.then(exit => this.finish('program', exit)).catch(this.settle.reject);
  }

  /** Ends the recording; a launched program that still runs is ended too, unless it `leaves` by itself. */
  async stop(reason: StopReason, how: 'terminate' | 'leaves' = 'terminate'): Promise<Manifest> {
    await this.finish(reason, undefined, how);
    return this.saved;
  }

  private agentConfiguration(): AgentConfiguration {
    const { agent, folder, intervalMicroseconds } = this.options;
    return {
      version: AGENT_PROTOCOL_VERSION,
      agent: agent.replaceAll('\\', '/'),
      socket: this.server.path,
      token: this.server.token,
      folder,
      intervalMicroseconds,
    };
  }

  private async finish(endedBy: StopReason, exit?: ProgramExit, how?: 'terminate' | 'leaves'): Promise<void> {
    if (this.state !== 'recording') return;
    this.state = 'stopping';
    try {
      const ended = exit ?? (await this.letGo(how ?? 'terminate'));
      if (exit) await this.server.allGone(STRAGGLERS_TIMEOUT_MILLISECONDS);
      await this.server.stopAgents(AGENTS_TIMEOUT_MILLISECONDS);
      await this.watch.stop();
      await this.server.dispose();
      const manifest = this.manifest({
        state: 'saved',
        endedBy,
        stoppedAt: new Date().toISOString(),
        exitCode: ended?.code ?? null,
        exitSignal: ended?.signal ?? null,
      });
      await this.saveOrSay(manifest);
      this.state = 'saved';
      this.settle.resolve(manifest);
    } catch (error) {
      this.settle.reject(error);
    }
  }

  /** The program goes on: first its agents stop and write, then it is ended or left alone. */
  private async letGo(how: 'terminate' | 'leaves'): Promise<ProgramExit | undefined> {
    // The program's own children are its own business: it ends them, or they end with their work.
    const pids = [...this.parents].filter(([, parent]) => !this.parents.has(parent)).map(([pid]) => pid);
    await this.server.stopAgents(AGENTS_TIMEOUT_MILLISECONDS);
    const problems = (await this.program?.release(how, pids)) ?? [];
    this.problems.push(...problems);
    return this.program && Promise.race([this.program.ended, Promise.resolve(undefined)]);
  }

  private report(problem: { code: UserErrorCode; values: Record<string, string | number> }): void {
    const recorded = recordedProblem(problem.code, problem.values);
    this.problems.push(recorded);
    this.emit('problem', recorded);
  }

  /** What the agents have written is worth having also when there is no room left to say that it is all. */
  private async saveOrSay(manifest: Manifest): Promise<void> {
    try {
      await writeManifest(this.options.folder, manifest);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { code, message, advice } = error;
      this.emit('problem', { code, message, advice });
    }
  }

  private manifest(changes: Partial<Manifest> & Pick<Manifest, 'state'>): Manifest {
    const { id, name, command, cwd, configuration, intervalMicroseconds } = this.options;
    return {
      version: RECORDING_VERSION,
      id,
      kind: 'profile',
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
