import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { existingFolder, expandedMap } from './configured-process.ts';
import { isFile } from './disk.ts';
import { inheritedEnvironment, mergeVariables } from './environment.ts';
import { findExecutable } from './executable.ts';
import { isObject, textField, textMapField, textsField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { LaunchContext } from './launch-context.ts';
import type { TaskLaunch } from './launch-plan.ts';
import { shellCommand, spawnable } from './shell.ts';
import type { Command } from './shell.ts';
import { taskCommandLine } from './task-command-line.ts';

interface Place {
  readonly owner: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The process of one task; undefined for a task that only groups others, or that only VS Code can run (noted). */
export async function taskLaunch(
  label: string,
  task: JsonObject,
  context: LaunchContext,
): Promise<TaskLaunch | undefined> {
  const owner = `task "${label}"`;
  const place = await placeOf(task, owner, context);
  const command = await commandOf(task, place, context);
  if (command === undefined) return undefined;
  const { cwd, env } = place;
  return {
    name: label,
    ...spawnable(command, env, context.platform),
    cwd,
    env,
    background: runsInBackground(task),
  };
}

export const runsInBackground = (task: JsonObject): boolean =>
  task['isBackground'] === true || (task['type'] === 'typescript' && task['option'] === 'watch');

async function placeOf(task: JsonObject, owner: string, context: LaunchContext): Promise<Place> {
  const options = isObject(task['options']) ? task['options'] : {};
  const folder = context.expand(textField(options, 'cwd', owner) ?? '.', { owner });
  const inside = task['type'] === 'npm' ? (textField(task, 'path', owner) ?? '') : '';
  const cwd = await existingFolder(path.join(path.resolve(context.folder, folder), inside), owner, context);
  const variables = expandedMap(textMapField(options, 'env', owner), owner, context);
  return {
    owner,
    cwd,
    env: mergeVariables(inheritedEnvironment(context.environment), variables, context.platform),
  };
}

async function commandOf(
  task: JsonObject,
  place: Place,
  context: LaunchContext,
): Promise<Command | undefined> {
  const { type = 'process', command } = task;
  switch (type) {
    case 'npm':
      return npmCommand(task, place, context);
    case 'typescript':
      return typeScriptCommand(task, place, context);
    case 'shell':
      return command === undefined ? undefined : shellTask(task, place, context);
    case 'process':
      return command === undefined ? undefined : processTask(task, place, context);
    default:
      context.note(
        `The ${place.owner} is of type ${String(type)}, which only VS Code can run: it is left out.`,
      );
      return undefined;
  }
}

async function npmCommand(task: JsonObject, place: Place, context: LaunchContext): Promise<Command> {
  const script = textField(task, 'script', place.owner) ?? '';
  const runner = await scriptRunner(place.cwd, context);
  const file = await executable(runner, place, context);
  if (runner === 'node') return { file, args: ['--run', script] };
  return { file, args: script === 'install' ? ['install'] : ['run', script] };
}

const LOCK_FILES = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const;

/** As VS Code chooses: its settings, else by the lock file beside package.json or in the workspace folder. */
async function scriptRunner(cwd: string, { settings, folder }: LaunchContext): Promise<string> {
  const configured = ['npm.scriptRunner', 'npm.packageManager'].map(name => settings[name]);
  const chosen = configured.find(value => typeof value === 'string' && value !== 'auto');
  if (typeof chosen === 'string') return chosen;
  for (const place of [cwd, folder]) {
    for (const [lockFile, runner] of LOCK_FILES) if (await isFile(path.join(place, lockFile))) return runner;
  }
  return 'npm';
}

async function typeScriptCommand(task: JsonObject, place: Place, context: LaunchContext): Promise<Command> {
  const tsconfig = textField(task, 'tsconfig', place.owner) ?? 'tsconfig.json';
  const local = await find(path.join(context.folder, 'node_modules', '.bin', 'tsc'), place, context);
  const file = local ?? (await executable('tsc', place, context));
  const args = ['-p', path.resolve(context.folder, context.expand(tsconfig, place))];
  return { file, args: runsInBackground(task) ? [...args, '--watch'] : args };
}

async function processTask(task: JsonObject, place: Place, context: LaunchContext): Promise<Command> {
  const command = context.expand(textField(task, 'command', place.owner) ?? '', place);
  const args = textsField(task, 'args', place.owner).map(one => context.expand(one, place));
  return { file: await executable(command, place, context), args };
}

async function shellTask(task: JsonObject, place: Place, context: LaunchContext): Promise<Command> {
  const { owner } = place;
  const line = taskCommandLine(task, owner, context);
  const options = isObject(task['options']) ? task['options'] : {};
  const shell = isObject(options['shell']) ? options['shell'] : {};
  const name = textField(shell, 'executable', owner);
  if (name === undefined) return shellCommand(line, place.env, context.platform);
  const args = textsField(shell, 'args', owner).map(one => context.expand(one, place));
  const file = await executable(context.expand(name, place), place, context);
  return { file, args: [...(args.length === 0 ? ['-c'] : args), line] };
}

const find = (
  name: string,
  { env, cwd }: Place,
  { folder, platform }: LaunchContext,
): Promise<string | undefined> => findExecutable(name, { environment: env, cwd, folder, platform });

async function executable(name: string, place: Place, context: LaunchContext): Promise<string> {
  const file = await find(name, place, context);
  if (file !== undefined) return file;
  throw new UserError('launch-executable-missing', { owner: place.owner, executable: name });
}
