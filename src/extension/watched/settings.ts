/** Watched functions in the settings of workspace folders: `slowcatch.watch`. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { WatchRequest } from '../../contracts/watched.ts';

const SECTION = 'slowcatch';
const NAME = 'watch';

/** As it stands there. */
export interface WatchEntry {
  /** Relative to the workspace folder, with forward slashes. */
  readonly file: string;
  readonly function: string;
  /** Where it was, 1-based. */
  readonly line?: number;
  /** Milliseconds. */
  readonly threshold: number;
}

const isEntry = (value: unknown): value is WatchEntry => {
  if (typeof value !== 'object' || value === null) return false;
  const { file, function: name, threshold } = value as Partial<Record<keyof WatchEntry, unknown>>;
  return (
    typeof file === 'string' && typeof name === 'string' && typeof threshold === 'number' && threshold > 0
  );
};

/** What is no entry there is left out. */
export function watchEntries(folder: vscode.WorkspaceFolder): readonly WatchEntry[] {
  const entries = vscode.workspace.getConfiguration(SECTION, folder).get<unknown>(NAME);
  return Array.isArray(entries) ? entries.filter(isEntry) : [];
}

/** Keeps them where they were: in the folder's own settings where these have some, else in the workspace's. */
export async function setWatchEntries(
  folder: vscode.WorkspaceFolder,
  entries: readonly WatchEntry[],
): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION, folder);
  const isFolders = (vscode.workspace.workspaceFolders ?? []).length > 1;
  await settings.update(
    NAME,
    entries.length > 0 ? entries : undefined,
    isFolders ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace,
  );
}

export const changesWatched = (change: vscode.ConfigurationChangeEvent): boolean =>
  change.affectsConfiguration(`${SECTION}.${NAME}`);

/** Of all folders, for a recording. */
export function watchRequests(): readonly WatchRequest[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap(folder => {
    const functions = watchEntries(folder).map(({ threshold, ...entry }) => ({
      ...entry,
      thresholdMilliseconds: threshold,
    }));
    return functions.length > 0 ? [{ functions, folder: folder.uri.fsPath }] : [];
  });
}

/** The folder that a file lies in, and its name there. */
export function fileInFolder(
  uri: vscode.Uri,
): { readonly folder: vscode.WorkspaceFolder; readonly file: string } | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder || uri.scheme !== 'file') return undefined;
  return { folder, file: path.relative(folder.uri.fsPath, uri.fsPath).replaceAll('\\', '/') };
}
