import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { DEFAULT_OUT_FILES } from './compiled-file.ts';
import { configuredEnvironment, workingFolder } from './configured-process.ts';
import { withPathFolder } from './environment.ts';
import { executableName, findExecutable } from './executable.ts';
import { isObject, textField, textsField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { LaunchContext } from './launch-context.ts';
import type { ProgramLaunch } from './launch-plan.ts';
import { isNode, resolveProgram } from './program.ts';
import type { Runtime } from './program.ts';
import { commandLineOf, shellCommand, spawnable } from './shell.ts';
import type { Command } from './shell.ts';
import { nodeFolderOf } from './version-managers.ts';

/** The process that a launch configuration of type `node` starts. `owner` names it in messages. */
export async function nodeLaunch(
  name: string,
  configuration: JsonObject,
  owner: string,
  context: LaunchContext,
): Promise<ProgramLaunch> {
  const cwd = await workingFolder(configuration, owner, context);
  const runtime = await runtimeOf(configuration, cwd, owner, context);
  const program = await programOf(configuration, cwd, runtime, owner, context);
  const start = { file: runtime.file, args: [...runtime.args, ...(program === undefined ? [] : [program])] };
  const command = withArguments(start, configuration, owner, context);
  if (isNode(runtime.file) && command.args.length === 0) throw new UserError('launch-nothing', { owner });
  noteForeignRuntime(runtime.file, owner, context);
  return { name, ...command, cwd, env: runtime.environment };
}

async function runtimeOf(
  configuration: JsonObject,
  cwd: string,
  owner: string,
  context: LaunchContext,
): Promise<Runtime> {
  const { folder, platform, expand } = context;
  let environment = await configuredEnvironment(configuration, owner, context);
  const version = textField(configuration, 'runtimeVersion', owner);
  if (version !== undefined && version !== 'default') {
    const versionFolder = await nodeFolderOf(expand(version, { owner }), context.environment, {
      owner,
      platform,
    });
    environment = withPathFolder(environment, versionFolder, platform);
  }
  const executable = expand(textField(configuration, 'runtimeExecutable', owner) ?? defaultRuntime(context), {
    owner,
  });
  const file = await findExecutable(executable, { environment, cwd, folder, platform });
  if (file === undefined) throw new UserError('launch-executable-missing', { owner, executable });
  return { file, args: runtimeArguments(file, configuration, owner, context), environment };
}

function defaultRuntime({ settings }: LaunchContext): string {
  const byType = settings['debug.javascript.defaultRuntimeExecutable'];
  const configured = isObject(byType) ? byType['pwa-node'] : undefined;
  return typeof configured === 'string' && configured !== '' ? configured : 'node';
}

const WAITS = /^--inspect-(?:brk|wait)(?:=|$)/;

/** `runtimeArgs` without what waits for a debugger, since none comes; for Deno what js-debug puts before them. */
function runtimeArguments(
  file: string,
  configuration: JsonObject,
  owner: string,
  context: LaunchContext,
): string[] {
  const given = textsField(configuration, 'runtimeArgs', owner).map(one => context.expand(one, { owner }));
  const args = given.filter(one => !WAITS.test(one));
  for (const one of given.filter(given => WAITS.test(given)))
    context.note(`${one.replace(/=.*/, '')} of the ${owner} is left out: no debugger attaches.`);
  if (executableName(file) !== 'deno' || args.includes('run')) return args;
  const allowed = args.some(one => one === '--allow-all' || one === '-A');
  return ['run', ...(allowed ? [] : ['--allow-all']), ...args];
}

/** Relative to the working folder with a leading `./`, as js-debug passes it on; undefined where there is none. */
async function programOf(
  configuration: JsonObject,
  cwd: string,
  runtime: Runtime,
  owner: string,
  context: LaunchContext,
): Promise<string | undefined> {
  const field = textField(configuration, 'program', owner);
  if (field === undefined) return undefined;
  const outFiles = Array.isArray(configuration['outFiles'])
    ? textsField(configuration, 'outFiles', owner).map(one => context.expand(one, { owner }))
    : DEFAULT_OUT_FILES;
  const { folder, tasksPending, note } = context;
  const program = path.resolve(cwd, context.expand(field, { owner }));
  const file = await resolveProgram(program, runtime, { owner, folder, outFiles, tasksPending, note });
  const relative = path.relative(cwd, file);
  return path.isAbsolute(relative) ? relative : `.${path.sep}${relative}`;
}

/**
 * `args`: a list is passed as it is, without its empty texts. A text is one argument in the debug console,
 * and read by the shell in a terminal.
 */
function withArguments(
  start: Command,
  configuration: JsonObject,
  owner: string,
  context: LaunchContext,
): Command {
  const { environment, platform } = context;
  const { args, console } = configuration;
  const inTerminal = console === 'integratedTerminal' || console === 'externalTerminal';
  if (typeof args === 'string' && args.trim() !== '' && inTerminal) {
    const text = context.expand(args, { owner, forShell: true });
    const line = commandLineOf([start.file, ...start.args], platform);
    return shellCommand(`${line} ${text}`, environment, platform);
  }
  const list = typeof args === 'string' ? [args] : textsField(configuration, 'args', owner);
  const expanded = list.map(one => context.expand(one, { owner })).filter(one => one !== '');
  return spawnable({ file: start.file, args: [...start.args, ...expanded] }, environment, platform);
}

const FOREIGN = /^(?:bunx?|deno|docker|docker-compose|podman|kubectl|ssh|wsl)$/;

function noteForeignRuntime(file: string, owner: string, { note }: LaunchContext): void {
  const name = executableName(file);
  if (!FOREIGN.test(name)) return;
  note(
    `The ${owner} runs ${name}: no agent can report from there. Use \`slowcatch attach\` if it opens an inspector.`,
  );
}
