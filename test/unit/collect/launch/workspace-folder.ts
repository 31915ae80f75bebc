/** Workspace folders on disk, and plans and errors drawn as text, with `~` for the folder. */
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { LaunchPlan, LaunchRequest, ProgramLaunch } from '../../../../src/collect/launch/launch-plan.ts';
import { resolveLaunch } from '../../../../src/collect/launch/resolve-launch.ts';
import { UserError } from '../../../../src/contracts/user-error.ts';

/** A folder with a space and a letter beyond ASCII in its path; files in `bin` and `.bin` may be run. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'my projèct ')));
  onTestFinished(() => rm(folder, { recursive: true }));
  await addFiles(folder, files);
  return folder;
}

export async function addFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    if (/^\.?bin$/.test(path.basename(path.dirname(file)))) await chmod(file, 0o755);
  }
}

/** Folder with a `launch.json` that holds one configuration named App, and a Node.js 20 that is on its PATH. */
export const appWith = (
  configuration: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Promise<string> =>
  folderWith({
    ...nodeOfVersion(20, 0),
    'app.js': '',
    '.vscode/launch.json': launchJson({ type: 'node', request: 'launch', name: 'App', ...configuration }),
    ...files,
  });

export const launchJson = (...configurations: readonly object[]): string =>
  JSON.stringify({ configurations });

export const nodeOfVersion = (major: number, minor: number): Record<string, string> => ({
  'bin/node': '',
  'include/node/node_version.h': `#define NODE_MAJOR_VERSION ${major}\n#define NODE_MINOR_VERSION ${minor}\n`,
});

export function resolve(folder: string, request: Partial<LaunchRequest> = {}): Promise<LaunchPlan> {
  const { environment = {}, ...rest } = request;
  const PATH = [path.join(folder, 'bin'), environment['PATH']].filter(Boolean).join(path.delimiter);
  return resolveLaunch({
    workspaceFolder: folder,
    name: 'App',
    ...rest,
    environment: { ...environment, PATH },
  });
}

/** `before` lines, then the programs, then the notes: `~/src $ ~/bin/node ./app.js`. */
export function drawn(plan: LaunchPlan, folder: string): string[] {
  const before = plan.before.map(
    task => `${task.background ? 'beside' : 'first'} ${drawnProgram(task, folder)}`,
  );
  const programs = plan.programs.map(program => drawnProgram(program, folder));
  const notes = plan.notes.map(note => `note: ${note.replaceAll(folder, '~')}`);
  return [...before, ...programs, ...notes];
}

function drawnProgram({ cwd, file, args }: ProgramLaunch, folder: string): string {
  const words = [file, ...args].map(word =>
    word === '' || /[\s"]/.test(word.replaceAll(folder, '~')) ? JSON.stringify(word) : word,
  );
  return `${cwd} $ ${words.join(' ')}`.replaceAll(folder, '~');
}

export const drawLaunch = async (folder: string, request: Partial<LaunchRequest> = {}): Promise<string[]> =>
  drawn(await resolve(folder, request), folder);

/** The environment of the only program, without what every test has. */
export async function drawEnvironment(
  folder: string,
  request: Partial<LaunchRequest> = {},
): Promise<string[]> {
  const [program] = (await resolve(folder, request)).programs;
  return Object.entries(program?.env ?? {})
    .filter(([name]) => name !== 'PATH')
    .map(([name, value]) => `${name}=${value.replaceAll(folder, '~')}`)
    .sort();
}

/** `code: message | advice` of the `UserError` that is thrown. */
export async function problemOf(promise: Promise<unknown>, folder = '\0'): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${error.code}: ${error.message} | ${error.advice}`.replaceAll(folder, '~');
  }
  return 'no problem';
}
