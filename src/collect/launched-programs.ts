/** Programs that the recorder starts itself, from a command line or a launch plan. */
import { spawn, type ChildProcess, type SpawnOptions, type StdioOptions } from 'node:child_process';
import { AGENT_VARIABLE, type AgentConfiguration } from '../contracts/agent.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import { recordedProblem } from '../contracts/recorded-problem.ts';
import { UserError } from '../contracts/user-error.ts';
import type { ProgramLaunch } from './launch/launch-plan.ts';
import { isRunning } from './attach/process-facts.ts';
import { withNodeOptions } from './launch/node-options.ts';
import { refusePermissionModel } from './permission-model.ts';
import type { BeginProgram, ProgramExit, RunningProgram } from './running-program.ts';

/** What a program gets to end after SIGTERM before it is reported as still running. */
const END_SECONDS = 10;

/** Where the output of programs goes: `stderr` keeps our own standard output free for a document. */
export type ProgramOutput = 'inherit' | 'stderr';

/** `background` tasks (watchers) run beside the programs, unsampled, and end with them. */
export function launchPrograms(
  programs: readonly ProgramLaunch[],
  output: ProgramOutput,
  background: readonly ProgramLaunch[] = [],
): BeginProgram {
  return async configuration => {
    for (const { args, env } of programs) refusePermissionModel(args, env['NODE_OPTIONS'] ?? '');
    const children: Child[] = [];
    const helpers: Child[] = [];
    try {
      for (const task of background) helpers.push(await start(task, undefined, output));
      for (const program of programs) children.push(await start(program, configuration, output));
    } catch (error) {
      for (const child of [...children, ...helpers]) child.process.kill();
      throw error;
    }
    const launched = new LaunchedPrograms(children);
    void launched.ended.then(() => helpers.forEach(helper => helper.process.kill()));
    return launched;
  };
}

/** Runs a task to its end, without an agent. Throws `task-failed`. */
export async function runTask(task: ProgramLaunch, output: ProgramOutput): Promise<void> {
  const child = await start(task, undefined, output);
  const { code, signal } = await child.ended;
  if (code !== 0) throw new UserError('task-failed', { name: task.name, status: signal ?? code ?? '' });
}

interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<ProgramExit>;
}

async function start(
  program: ProgramLaunch,
  configuration: AgentConfiguration | undefined,
  output: ProgramOutput,
): Promise<Child> {
  const stdio: StdioOptions = ['inherit', output === 'stderr' ? 2 : 'inherit', 'inherit'];
  const env = environment(program, configuration);
  const child = spawnOrExplain(program, { cwd: program.cwd, env, stdio });
  const ended = new Promise<ProgramExit>(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve({ process: child, ended }));
    child.once('error', (error: NodeJS.ErrnoException) => reject(startError(program.file, error)));
  });
}

/** Most failures to start come as an event, some (a file that is being written, arguments too long) at once. */
function spawnOrExplain({ file, args }: ProgramLaunch, options: SpawnOptions): ChildProcess {
  try {
    return spawn(file, args, options);
  } catch (error) {
    throw startError(file, error as NodeJS.ErrnoException);
  }
}

function environment(program: ProgramLaunch, configuration?: AgentConfiguration): Record<string, string> {
  if (!configuration) return { ...program.env };
  return {
    ...withNodeOptions(program.env, ['--require', configuration.agent]),
    [AGENT_VARIABLE]: JSON.stringify(configuration),
  };
}

function startError(file: string, error: NodeJS.ErrnoException): UserError {
  if (error.code === 'ENOENT') return new UserError('program-not-found', { file }, error);
  return new UserError('program-not-started', { file, reason: error.code ?? error.message }, error);
}

class LaunchedPrograms implements RunningProgram {
  readonly ended: Promise<ProgramExit>;

  constructor(private readonly children: readonly Child[]) {
    this.ended = Promise.all(children.map(child => child.ended)).then(
      exits => exits.find(exit => exit.code !== 0) ?? { code: 0, signal: null },
    );
  }

  async release(how: 'terminate' | 'leaves', topPids: readonly number[]): Promise<RecordedProblem[]> {
    const signalled = how === 'terminate' ? this.signalAll('SIGTERM', topPids) : undefined;
    if (!signalled || signalled.sent.length > 0) await this.endedWithin(END_SECONDS);
    const denied = await stillRunning(signalled?.denied ?? []);
    const late = this.leave().filter(pid => !denied.includes(pid));
    return [
      ...denied.map(pid => recordedProblem('not-allowed-to-end', { pid })),
      ...late.map(pid => recordedProblem('still-running', { pid, seconds: END_SECONDS })),
    ];
  }

  /** Those that still run no longer keep us; answers their ids. */
  private leave(): readonly number[] {
    return this.running.map(({ process }) => {
      process.unref();
      return process.pid ?? 0;
    });
  }

  private get running(): readonly Child[] {
    return this.children.filter(({ process }) => process.exitCode === null && process.signalCode === null);
  }

  /** npm and shells do not pass signals on, so the processes that they started get their own. */
  private signalAll(signal: NodeJS.Signals, topPids: readonly number[]): Signalled {
    const roots = this.running.map(child => child.process.pid).filter(pid => pid !== undefined);
    const pids = [...new Set([...topPids, ...roots])].map(pid => ({ pid, answer: kill(pid, signal) }));
    const answered = (wanted: Answer): number[] =>
      pids.filter(({ answer }) => answer === wanted).map(({ pid }) => pid);
    return { sent: answered('sent'), denied: answered('denied') };
  }

  private async endedWithin(seconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>(resolve => {
      timer = setTimeout(resolve, seconds * 1000);
    });
    await Promise.race([this.ended, timeout]);
    clearTimeout(timer);
  }
}

/** Process ids; those that had ended already are in neither list. */
interface Signalled {
  readonly sent: readonly number[];
  readonly denied: readonly number[];
}

type Answer = 'sent' | 'denied' | 'gone';

/** `denied`: the process runs as another user (`sudo`, `su`, a setuid program). */
function kill(pid: number, signal: NodeJS.Signals): Answer {
  try {
    process.kill(pid, signal);
    return 'sent';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return 'gone';
    if (code === 'EPERM') return 'denied';
    throw error;
  }
}

async function stillRunning(pids: readonly number[]): Promise<number[]> {
  const running = await Promise.all(pids.map(isRunning));
  return pids.filter((_, index) => running[index]);
}
