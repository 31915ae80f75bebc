import path from 'node:path';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** Runs a command line in the user's shell, as VS Code's terminal does: `$SHELL`, on Windows PowerShell. */
export function shellCommand(
  commandLine: string,
  environment: Readonly<NodeJS.ProcessEnv>,
  platform: NodeJS.Platform,
): Command {
  if (platform === 'win32') return powershell(`${commandLine}; exit $LASTEXITCODE`, environment);
  const shell = environment['SHELL'] ?? '';
  return { file: shell.startsWith('/') ? shell : '/bin/sh', args: ['-c', commandLine] };
}

/** What can be spawned without a shell: itself, except for Windows' script files, which only a shell can run. */
export function spawnable(
  command: Command,
  environment: Readonly<NodeJS.ProcessEnv>,
  platform: NodeJS.Platform,
): Command {
  if (platform !== 'win32' || !/\.(?:cmd|bat|ps1)$/i.test(command.file)) return command;
  return shellCommand(commandLineOf([command.file, ...command.args], platform), environment, platform);
}

/** A command line in which the shell sees exactly these words. */
export function commandLineOf(words: readonly string[], platform: NodeJS.Platform): string {
  const line = words.map(word => quoteForShell(word, platform)).join(' ');
  return platform === 'win32' ? `& ${line}` : line;
}

/** One word that the shell takes as it is. */
export function quoteForShell(word: string, platform: NodeJS.Platform): string {
  if (/^[\w:./-]+$/.test(word)) return word;
  return platform === 'win32'
    ? `'${word.replaceAll("'", "''")}'`
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function powershell(script: string, environment: Readonly<NodeJS.ProcessEnv>): Command {
  const system = environment['SystemRoot'] ?? String.raw`C:\Windows`;
  const file = path.win32.join(system, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  return { file, args: ['-Command', script] };
}
