import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { isObject, textField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import { forPlatform } from './launch-context.ts';
import type { LaunchContext } from './launch-context.ts';
import type { LaunchPlan, LaunchRequest, ProgramLaunch, TaskLaunch } from './launch-plan.ts';
import { nearMatch } from './near-match.ts';
import { nodeLaunch } from './node-launch.ts';
import { labelOf, readTaskFile, taskLaunches } from './tasks.ts';
import { terminalLaunch } from './terminal-launch.ts';
import { expandVariables } from './variables.ts';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/**
 * The processes that VS Code with js-debug starts for a launch configuration or a compound without debugging.
 * Only reads; nothing is started. Throws `UserError` (`launch-…`, `json-broken`, `file-unreadable`).
 */
export async function resolveLaunch(request: LaunchRequest): Promise<LaunchPlan> {
  const workspace = await openWorkspace(path.resolve(request.workspaceFolder));
  if (workspace.launchFiles.length === 0)
    throw new UserError('launch-file-missing', { folder: workspace.folder });
  const resolution: Resolution = { request, notes: new Set(), before: new Map() };
  const compound = workspace.compounds.find(one => one['name'] === request.name);
  const configuration = configurationNamed(workspace, request.name);
  if (compound === undefined && configuration === undefined) throw unknownName(request.name, workspace);
  const chosen = compound ?? configuration ?? {};
  const preLaunchTask = await resolveTask(chosen, workspace, resolution);
  const programs =
    compound === undefined
      ? [await resolveConfiguration(chosen, workspace, resolution)]
      : await resolveMembers(compound, workspace, resolution);
  return {
    name: request.name,
    ...(preLaunchTask === undefined ? {} : { preLaunchTask }),
    before: [...resolution.before.values()],
    programs,
    stopAll: compound?.['stopAll'] === true,
    notes: [...resolution.notes],
  };
}

/** The names that `resolveLaunch` takes, configurations before compounds, without those hidden in VS Code's list. */
export async function listLaunchNames(workspaceFolder: string): Promise<string[]> {
  return namesOf(await openWorkspace(path.resolve(workspaceFolder)));
}

/** What has come together so far; one per call of `resolveLaunch`. */
interface Resolution {
  readonly request: LaunchRequest;
  readonly notes: Set<string>;
  /** By folder and label: a task that several members need runs once, as in VS Code. */
  readonly before: Map<string, TaskLaunch>;
}

const configurationNamed = (workspace: Workspace, name: string): JsonObject | undefined =>
  workspace.configurations.find(one => one['name'] === name);

function namesOf({ configurations, compounds }: Workspace): string[] {
  const shown = [...configurations, ...compounds].filter(
    ({ presentation }) => !(isObject(presentation) && presentation['hidden'] === true),
  );
  return [...new Set(shown.map(one => one['name']).filter(name => typeof name === 'string'))];
}

function unknownName(name: string, workspace: Workspace): UserError {
  const names = namesOf(workspace);
  const near = nearMatch(name, names);
  return new UserError('launch-name-unknown', {
    name,
    suggestion: near === undefined ? '.' : `; did you mean "${near}"?`,
    names: names.length === 0 ? 'none' : names.map(one => `"${one}"`).join(', '),
  });
}

async function resolveMembers(
  compound: JsonObject,
  workspace: Workspace,
  resolution: Resolution,
): Promise<ProgramLaunch[]> {
  const name = String(compound['name']);
  const { configurations: members } = compound;
  if (!Array.isArray(members) || members.length === 0) {
    throw new UserError('launch-invalid', {
      owner: `compound "${name}"`,
      field: 'configurations',
      expected: 'a list of names',
    });
  }
  const programs: ProgramLaunch[] = [];
  for (const member of members as unknown[]) {
    const place = isObject(member) ? await folderOf(member, name, workspace) : workspace;
    const memberName = String(isObject(member) ? member['name'] : member);
    const configuration = configurationNamed(place, memberName);
    if (configuration === undefined) throw unknownMember(memberName, name, place);
    await resolveTask(configuration, place, resolution);
    programs.push(await resolveConfiguration(configuration, place, resolution));
  }
  return programs;
}

async function folderOf(member: JsonObject, compound: string, workspace: Workspace): Promise<Workspace> {
  const folder = textField(member, 'folder', `compound "${compound}"`);
  if (folder === undefined) return workspace;
  const found = workspace.folders.get(folder);
  if (found === undefined) throw unknownMember(`${folder}: ${String(member['name'])}`, compound, workspace);
  return found === workspace.folder ? workspace : openWorkspace(found);
}

const unknownMember = (member: string, compound: string, workspace: Workspace): UserError =>
  new UserError('launch-compound-member', { compound, member, names: namesOf(workspace).join(', ') });

/** Adds the processes of `preLaunchTask` to the resolution; its label, or undefined where there is none. */
async function resolveTask(
  configuration: JsonObject,
  workspace: Workspace,
  resolution: Resolution,
): Promise<string | undefined> {
  const { preLaunchTask, postDebugTask, name } = configuration;
  if (postDebugTask !== undefined) resolution.notes.add(`The postDebugTask of "${String(name)}" is not run.`);
  if (preLaunchTask === undefined || preLaunchTask === null || preLaunchTask === '') return undefined;
  if (resolution.request.tasksHaveRun === true) return labelOf(preLaunchTask);
  const file = await readTaskFile(workspace.folder);
  const context = contextOf(workspace, file.inputs, resolution);
  for (const launch of await taskLaunches(preLaunchTask, file, context)) {
    const key = `${workspace.folder}\n${launch.name}`;
    if (!resolution.before.has(key)) resolution.before.set(key, launch);
  }
  return labelOf(preLaunchTask);
}

async function resolveConfiguration(
  configuration: JsonObject,
  workspace: Workspace,
  resolution: Resolution,
): Promise<ProgramLaunch> {
  const context = contextOf(workspace, workspace.inputs, resolution);
  const own = forPlatform(configuration, context.platform);
  const name = String(own['name']);
  const owner = `configuration "${name}"`;
  const type = textField(own, 'type', owner) ?? '';
  if (!NODE_TYPES.has(type)) throw new UserError('launch-type', { owner, type });
  const request = textField(own, 'request', owner);
  if (request === 'attach') throw new UserError('launch-attach', { owner, target: attachTarget(own) });
  if (request !== 'launch') {
    throw new UserError('launch-invalid', { owner, field: 'request', expected: '"launch"' });
  }
  const launch = type === 'node-terminal' ? terminalLaunch : nodeLaunch;
  return launch(name, own, owner, context);
}

const NODE_TYPES = new Set(['node', 'pwa-node', 'node-terminal']);

function attachTarget({ processId, address, host, port }: JsonObject): string {
  if (typeof processId === 'number' || (typeof processId === 'string' && /^\d+$/.test(processId)))
    return String(processId);
  const name = [address, host].find(one => typeof one === 'string') ?? 'localhost';
  return `${name}:${typeof port === 'number' ? port : 9229}`;
}

function contextOf(
  workspace: Workspace,
  inputs: readonly JsonObject[],
  { request, notes, before }: Resolution,
): LaunchContext {
  const { environment, activeFile, platform = process.platform } = request;
  const { folder, folders, settings } = workspace;
  const scope = { folder, folders, settings, inputs, environment, activeFile, platform };
  return {
    folder,
    settings,
    environment,
    platform,
    tasksPending: before.size > 0,
    expand: (text, options) => expandVariables(text, scope, options),
    note: sentence => notes.add(sentence),
  };
}
