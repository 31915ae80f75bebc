/** A child process that is spoken to over IPC, one question at a time. */
import { fork, type ChildProcess } from 'node:child_process';
import type { Environment } from './recording.ts';

export interface ChildOptions {
  readonly script: string;
  readonly node: string;
  readonly environment: Environment;
  readonly parameters?: readonly string[];
}

export class Child {
  private readonly process: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(private readonly options: ChildOptions) {
    this.process = fork(options.script, [...(options.parameters ?? [])], {
      execPath: options.node,
      execArgv: [],
      env: { ...options.environment },
    });
    this.ended = new Promise(resolve => this.process.once('exit', () => resolve()));
  }

  /** The next message; throws when the child ends instead, or answers `{error}`. */
  async message<T extends object>(): Promise<T> {
    const answer = await Promise.race([
      new Promise<T | { error: string }>(resolve =>
        this.process.once('message', resolve as (message: unknown) => void),
      ),
      this.ended.then(() => ({ error: `ended with status ${this.process.exitCode}` })),
    ]);
    if ('error' in answer) throw new Error(`${this.options.script}: ${String(answer.error)}`);
    return answer;
  }

  ask<T extends object>(question: object): Promise<T> {
    const answer = this.message<T>();
    this.process.send(question);
    return answer;
  }

  /** Lets the child end: our programs do when their channel closes. */
  async close(): Promise<void> {
    if (this.process.connected) this.process.disconnect();
    await this.ended;
  }
}
