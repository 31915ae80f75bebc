import * as vscode from 'vscode';
import { failureCode } from './failure-text.ts';
import { showFailure } from './failures.ts';
import type { Usage } from './telemetry/usage.ts';

const PREFIX = 'slowcatch.';

/** Registers the extension's commands: each tells its failures, and is counted. */
export class CommandRegistry {
  readonly #usage: Usage;

  constructor(usage: Usage) {
    this.#usage = usage;
  }

  /** `command` is `slowcatch.attach`; the explorer gives what was clicked and then all that is selected. What `run` answers, or a promise resolves to, is the command's result. */
  register<Argument>(
    command: `slowcatch.${string}`,
    run: (argument: Argument | undefined, second?: unknown) => unknown,
  ): vscode.Disposable {
    return vscode.commands.registerCommand(
      command,
      async (argument: Argument | undefined, second: unknown) => {
        this.#usage.command(command.slice(PREFIX.length));
        try {
          return await run(argument, second);
        } catch (error) {
          this.#usage.failure(failureCode(error));
          showFailure(error);
          return undefined;
        }
      },
    );
  }
}
