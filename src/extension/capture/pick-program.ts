import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../contracts/user-error.ts';
import { npmScripts, packageManager } from './npm-scripts.ts';

export interface Program {
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly configuration: vscode.DebugConfiguration;
}

type ProgramItem = vscode.QuickPickItem & { readonly program: Program };

const MOST_PACKAGES = 20;

/** Asks what to start where no launch configuration says it. Throws `nothing-to-start`. */
export async function pickProgram(): Promise<Program | undefined> {
  const items = [...openFiles(), ...(await scripts())];
  if (items.length === 0) throw new UserError('nothing-to-start');
  const placeHolder = vscode.l10n.t('There is no launch configuration: what shall be profiled?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.program;
}

const LANGUAGES = new Set(['javascript', 'typescript', 'javascriptreact', 'typescriptreact']);

function openFiles(): ProgramItem[] {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const documents = [activeTextEditor, ...visibleTextEditors].flatMap(editor => editor?.document ?? []);
  const runnable = documents.filter(
    ({ uri, languageId }) => uri.scheme === 'file' && LANGUAGES.has(languageId),
  );
  return [...new Set(runnable.map(document => document.uri.fsPath))].map(fileItem);
}

function fileItem(file: string): ProgramItem {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
  const root = folder?.uri.fsPath ?? path.dirname(file);
  const tsx = /\.[cm]?tsx?$/.test(file) ? findTsx(path.dirname(file), root) : undefined;
  const name = path.basename(file);
  return {
    label: `$(file-code) ${name}`,
    description: `${tsx === undefined ? 'node' : 'tsx'} ${path.relative(root, file)}`,
    program: {
      folder,
      configuration: {
        ...{ type: 'node', request: 'launch', name, program: file, cwd: root },
        ...(tsx === undefined ? {} : { runtimeExecutable: tsx }),
      },
    },
  };
}

/** tsx as it is installed in a folder or in one above it, up to the workspace's. */
function findTsx(folder: string, root: string): string | undefined {
  const name = process.platform === 'win32' ? 'tsx.cmd' : 'tsx';
  const found = path.join(folder, 'node_modules', '.bin', name);
  if (existsSync(found)) return found;
  const above = path.dirname(folder);
  return folder === root || above === folder ? undefined : findTsx(above, root);
}

async function scripts(): Promise<ProgramItem[]> {
  const found = await vscode.workspace.findFiles('**/package.json', '**/node_modules/**', MOST_PACKAGES);
  const files = found.filter(uri => uri.scheme === 'file').map(uri => uri.fsPath);
  // The packages of a monorepo stand below its root.
  return files
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .flatMap(packageItems);
}

function packageItems(file: string): ProgramItem[] {
  const cwd = path.dirname(file);
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
  const manager = packageManager(readdirSync(cwd));
  const place = folder ? path.relative(folder.uri.fsPath, cwd) : cwd;
  return npmScripts(readFileSync(file, 'utf8')).map(script => {
    const name = `${manager} run ${script}`;
    const start = { runtimeExecutable: manager, runtimeArgs: ['run', script], cwd };
    return {
      label: `$(package) ${name}`,
      description: place,
      program: { folder, configuration: { type: 'node', request: 'launch', name, ...start } },
    };
  });
}
