import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';

/** The user's load generator, run beside the program by a shell; its output goes to our standard error. */
export class LoadCommand extends EventEmitter<{ exit: [] }> {
  private readonly child: ChildProcess;

  constructor(command: string, { cwd, environment }: { cwd: string; environment: NodeJS.ProcessEnv }) {
    super();
    this.child = spawn(command, { cwd, env: environment, shell: true, stdio: ['ignore', 2, 2] });
    this.child.once('exit', () => this.emit('exit'));
    this.child.once('error', () => this.emit('exit'));
  }

  /** Ends it if it still runs. */
  end(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill();
  }
}
