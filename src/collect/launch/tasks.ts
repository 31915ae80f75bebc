import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { isObject, objectsOf } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import { readJsonc } from './jsonc-file.ts';
import { forPlatform } from './launch-context.ts';
import type { LaunchContext } from './launch-context.ts';
import type { TaskLaunch } from './launch-plan.ts';
import { nearMatch } from './near-match.ts';
import { detectedTask, implicitLabel } from './detected-tasks.ts';
import { runsInBackground, taskLaunch } from './task-launch.ts';

/** `.vscode/tasks.json`; empty where there is none. */
export interface TaskFile {
  readonly tasks: readonly JsonObject[];
  readonly inputs: readonly JsonObject[];
  /** Defaults for the `options` of every task. */
  readonly options: JsonObject;
}

/** Throws `json-broken`. */
export async function readTaskFile(folder: string): Promise<TaskFile> {
  const content = (await readJsonc(path.join(folder, '.vscode', 'tasks.json'))) ?? {};
  const options = isObject(content['options']) ? content['options'] : {};
  return { tasks: objectsOf(content['tasks']), inputs: objectsOf(content['inputs']), options };
}

/**
 * The processes of a `preLaunchTask`, the tasks that it depends on first. Every task occurs once.
 * Tasks that only extensions of VS Code can run are left out with a note.
 * Throws `launch-task-unknown` and `launch-task-cyclic`.
 */
export async function taskLaunches(
  reference: unknown,
  file: TaskFile,
  context: LaunchContext,
): Promise<TaskLaunch[]> {
  const launches = new Map<string, TaskLaunch | undefined>();
  await collect(reference, [], launches, file, context);
  return [...launches.values()].filter(launch => launch !== undefined);
}

/** How a task is called, in messages and in `LaunchPlan.preLaunchTask`. */
export function labelOf(reference: unknown): string {
  if (typeof reference === 'string') return reference;
  if (!isObject(reference)) return String(reference);
  const own = [reference['label'], reference['taskName'], reference['task']].find(
    one => typeof one === 'string',
  );
  return own ?? implicitLabel(reference) ?? JSON.stringify(reference);
}

async function collect(
  reference: unknown,
  open: readonly string[],
  launches: Map<string, TaskLaunch | undefined>,
  file: TaskFile,
  context: LaunchContext,
): Promise<void> {
  const task = forPlatform(await findTask(reference, file, context), context.platform);
  const label = labelOf(task);
  if (open.includes(label)) {
    throw new UserError('launch-task-cyclic', { tasks: [...open, label].join(' → ') });
  }
  if (launches.has(label)) return;
  for (const dependency of dependenciesOf(task)) {
    await collect(dependency, [...open, label], launches, file, context);
  }
  const launch = await taskLaunch(label, withDefaults(task, file.options), context);
  if (launch !== undefined && runsInBackground(task)) {
    context.note(`The task "${label}" runs in the background: the program starts without waiting for it.`);
  }
  launches.set(label, launch);
}

function dependenciesOf(task: JsonObject): unknown[] {
  const { dependsOn } = task;
  if (dependsOn === undefined || dependsOn === null) return [];
  return Array.isArray(dependsOn) ? dependsOn : [dependsOn];
}

async function findTask(reference: unknown, file: TaskFile, context: LaunchContext): Promise<JsonObject> {
  const label = labelOf(reference);
  if (label === DEFAULT_BUILD) return defaultBuildTask(file);
  const found =
    file.tasks.find(task => labelOf(task) === label) ??
    file.tasks.find(task => implicitLabel(task) === label);
  if (found !== undefined) return found;
  if (isObject(reference) && typeof reference['type'] === 'string') return reference;
  const detected = await detectedTask(label, context.folder);
  return detected ?? unknownTask(label, file);
}

const DEFAULT_BUILD = '${defaultBuildTask}';

function defaultBuildTask(file: TaskFile): JsonObject {
  const ofBuild = file.tasks.filter(
    ({ group }) => group === 'build' || (isObject(group) && group['kind'] === 'build'),
  );
  const chosen = ofBuild.find(({ group }) => isObject(group) && group['isDefault'] === true);
  return chosen ?? (ofBuild.length === 1 ? ofBuild[0] : undefined) ?? unknownTask(DEFAULT_BUILD, file);
}

function unknownTask(label: string, file: TaskFile): never {
  const labels = file.tasks.map(labelOf);
  const near = nearMatch(label, labels);
  throw new UserError('launch-task-unknown', {
    task: label,
    suggestion: near === undefined ? '.' : `; did you mean "${near}"?`,
    tasks: labels.length === 0 ? 'none' : labels.join(', '),
  });
}

/** The `options` of the file under those of the task; their `env` together. */
function withDefaults(task: JsonObject, defaults: JsonObject): JsonObject {
  const own = isObject(task['options']) ? task['options'] : {};
  const [below, above] = [defaults['env'], own['env']].map(env => (isObject(env) ? env : {}));
  return { ...task, options: { ...defaults, ...own, env: { ...below, ...above } } };
}
