import type { AgentConfiguration } from '../contracts/agent.ts';
import type { RecordedProblem } from '../contracts/recording.ts';

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a recorder holds on to: programs that it started, or one that it attached to. */
export interface RunningProgram {
  /** Settles when the program ends by itself; never for a program that goes on after we let go of it. */
  readonly ended: Promise<ProgramExit>;
  /**
   * Called after all agents have stopped. A launched program is ended (SIGTERM) unless it `leaves` by itself;
   * an attached one is let go. `topPids` are the sampled processes that no sampled process has started.
   */
  release(how: 'terminate' | 'leaves', topPids: readonly number[]): Promise<readonly RecordedProblem[]>;
}

export type BeginProgram = (configuration: AgentConfiguration) => Promise<RunningProgram>;
