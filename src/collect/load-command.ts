import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';

/** The user's load generator, run beside the program by a shell; its output goes to our standard error. Status 0 is success. */
export class LoadCommand extends EventEmitter<{ exit: [status: string] }> {
  private readonly child: ChildProcess;

  constructor(command: string, { cwd, environment }: { cwd: string; environment: NodeJS.ProcessEnv }) {
    super();
    this.child = spawn(command, { cwd, env: environment, shell: true, stdio: ['ignore', 2, 2] });
    this.child.once('exit', (code, signal) => this.emit('exit', signal ?? String(code)));
    this.child.once('error', error => this.emit('exit', error.message));
  }

  /** Ends it if it still runs. */
  end(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill();
  }
}
