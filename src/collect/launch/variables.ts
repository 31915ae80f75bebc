/**
 * The variables of launch.json and tasks.json, with VS Code's own meaning:
 * https://code.visualstudio.com/docs/reference/variables-reference
 */
import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../contracts/user-error.ts';
import { lookUp } from './environment.ts';
import type { JsonObject } from './json-fields.ts';
import { settingOf } from './workspace.ts';

export interface VariableScope {
  readonly folder: string;
  readonly folders: ReadonlyMap<string, string>;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly settings: JsonObject;
  readonly inputs: readonly JsonObject[];
  readonly activeFile: string | undefined;
  readonly platform: NodeJS.Platform;
}

export interface ExpandOptions {
  /** Names the configuration or task in messages. */
  readonly owner: string;
  /** The text goes to a shell: `${NAME}` that is no variable of VS Code's is left to the shell. */
  readonly forShell?: boolean;
}

interface Reference {
  /** As written, with `${` and `}`. */
  readonly text: string;
  readonly name: string;
  /** What follows the first colon; undefined without one. */
  readonly argument: string | undefined;
}

const REFERENCE = /\$\{([^{}]+)\}/g;
const SHELL_NAME = /^[A-Za-z_]\w*$/;

/**
 * Replaces every variable of a text; settings and inputs may hold variables themselves.
 * Throws `launch-variable-…` for one that is unknown, needs the editor, has no value, or contains itself.
 */
export function expandVariables(text: string, scope: VariableScope, options: ExpandOptions): string {
  return expand(text, scope, options, []);
}

function expand(text: string, scope: VariableScope, options: ExpandOptions, open: readonly string[]): string {
  return text.replaceAll(REFERENCE, (written: string, inner: string) => {
    if (open.includes(written)) {
      throw new UserError('launch-variable-cyclic', {
        owner: options.owner,
        variables: [...open, written].join(' → '),
      });
    }
    const colon = inner.indexOf(':');
    const name = colon === -1 ? inner : inner.slice(0, colon);
    const reference = { text: written, name, argument: colon === -1 ? undefined : inner.slice(colon + 1) };
    const value = valueOf(reference, scope, options);
    // What came from the environment is data, however it looks.
    return name === 'config' || name === 'input' ? expand(value, scope, options, [...open, written]) : value;
  });
}

function valueOf(reference: Reference, scope: VariableScope, options: ExpandOptions): string {
  switch (reference.name) {
    case 'env':
      return lookUp(scope.environment, reference.argument ?? '', scope.platform) ?? '';
    case 'config':
      return settingValue(reference, scope, options.owner);
    case 'input':
      return inputValue(reference, scope, options.owner);
    case 'userHome':
      return homedir();
    case 'execPath':
      return process.execPath;
    case 'pathSeparator':
    case '/':
      return path.sep;
    default:
      return (
        folderValue(reference, scope, options) ??
        fileValue(reference, scope, options.owner) ??
        other(reference, options)
      );
  }
}

function folderValue(reference: Reference, scope: VariableScope, options: ExpandOptions): string | undefined {
  if (!['workspaceFolder', 'workspaceRoot', 'cwd', 'workspaceFolderBasename'].includes(reference.name))
    return undefined;
  const folder = folderOf(reference, scope, options.owner);
  return reference.name === 'workspaceFolderBasename' ? path.basename(folder) : folder;
}

function folderOf(reference: Reference, scope: VariableScope, owner: string): string {
  if (reference.argument === undefined) return scope.folder;
  const folder = scope.folders.get(reference.argument);
  if (folder === undefined) {
    const folders = [...scope.folders.keys()].join(', ');
    throw new UserError('launch-variable-folder', { owner, variable: reference.text, folders });
  }
  return folder;
}

function settingValue({ text, argument = '' }: Reference, scope: VariableScope, owner: string): string {
  const value = settingOf(scope.settings, argument);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new UserError('launch-variable-setting', { owner, variable: text, setting: argument });
  }
  return String(value);
}

function inputValue({ text, argument }: Reference, scope: VariableScope, owner: string): string {
  const input = scope.inputs.find(one => one['id'] === argument);
  const value = input?.['default'];
  if (typeof value !== 'string') throw new UserError('launch-variable-input', { owner, variable: text });
  return value;
}

function fileValue(reference: Reference, scope: VariableScope, owner: string): string | undefined {
  const derive = FILE_VARIABLES.get(reference.name);
  if (derive === undefined) return undefined;
  if (scope.activeFile === undefined) {
    throw new UserError('launch-variable-file', { owner, variable: reference.text });
  }
  return derive(scope.activeFile, folderOf(reference, scope, owner));
}

const FILE_VARIABLES: ReadonlyMap<string, (file: string, folder: string) => string> = new Map([
  ['file', file => file],
  ['fileWorkspaceFolder', (_, folder) => folder],
  ['fileWorkspaceFolderBasename', (_, folder) => path.basename(folder)],
  ['relativeFile', (file, folder) => path.relative(folder, file)],
  ['relativeFileDirname', (file, folder) => path.relative(folder, path.dirname(file)) || '.'],
  ['fileDirname', file => path.dirname(file)],
  ['fileDirnameBasename', file => path.basename(path.dirname(file))],
  ['fileBasename', file => path.basename(file)],
  ['fileBasenameNoExtension', file => path.parse(file).name],
  ['fileExtname', file => path.extname(file)],
]);

const EDITOR_VARIABLES = new Set([
  'command',
  'lineNumber',
  'columnNumber',
  'selectedText',
  'extensionInstallFolder',
]);

function other({ text, name, argument }: Reference, { owner, forShell }: ExpandOptions): string {
  if (EDITOR_VARIABLES.has(name)) throw new UserError('launch-variable-editor', { owner, variable: text });
  if (forShell === true && (argument !== undefined || SHELL_NAME.test(name))) return text;
  throw new UserError('launch-variable-unknown', { owner, variable: text });
}
