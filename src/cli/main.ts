/** `slowcatch`: reads the command, runs the use case, prints, and answers with the exit status. */
import process from 'node:process';
import { UserError } from '../contracts/user-error.ts';
import { plainText } from '../format/untrusted.ts';
import { HELP, parseCommand, type Command } from './arguments.ts';
import { analyzeCommand } from './analyze-command.ts';
import { leaksCommand } from './leaks-command.ts';
import { lintCommand } from './lint-command.ts';
import { recordCommand } from './record-command.ts';

/** Put in by the build. */
declare const SLOWCATCH_VERSION: string;

const USAGE_STATUS = 2;
const NOT_RUN_STATUS = 3;

async function execute(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case 'version':
      process.stdout.write(`${SLOWCATCH_VERSION}\n`);
      return 0;
    case 'analyze':
      return analyzeCommand(command);
    case 'leaks':
      return leaksCommand(command);
    case 'lint':
      return lintCommand(command);
    case 'run':
    case 'attach':
      return recordCommand(command);
    default:
      return command satisfies never;
  }
}

function explain(error: unknown): number {
  const known =
    error instanceof UserError ? error : new UserError('internal', { detail: String(error) }, error);
  process.stderr.write(`slowcatch: ${plainText(known.message, 600)}\n  ${plainText(known.advice, 600)}\n`);
  if (known.code === 'internal') process.stderr.write(stackOf(error));
  return known.code === 'usage' ? USAGE_STATUS : NOT_RUN_STATUS;
}

/** Messages in it may come from a program or a file. */
function stackOf(error: unknown): string {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.map(line => `${plainText(line, 600)}\n`).join('');
}

/** A reader that closes our output early (`| head`) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function main(): Promise<void> {
  try {
    process.exitCode = await execute(parseCommand(process.argv.slice(2)));
  } catch (error) {
    process.exitCode = explain(error);
  }
}

void main();
