import { UserError } from '../../contracts/user-error.ts';
import { configuredEnvironment, workingFolder } from './configured-process.ts';
import { textField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { LaunchContext } from './launch-context.ts';
import type { ProgramLaunch } from './launch-plan.ts';
import { shellCommand } from './shell.ts';

/** The process of a launch configuration of type `node-terminal`: the user's shell with its `command`. */
export async function terminalLaunch(
  name: string,
  configuration: JsonObject,
  owner: string,
  context: LaunchContext,
): Promise<ProgramLaunch> {
  const command = textField(configuration, 'command', owner);
  if (command === undefined) throw new UserError('launch-nothing', { owner });
  const cwd = await workingFolder(configuration, owner, context);
  const env = await configuredEnvironment(configuration, owner, context);
  const line = context.expand(command, { owner, forShell: true });
  return { name, ...shellCommand(line, env, context.platform), cwd, env };
}
