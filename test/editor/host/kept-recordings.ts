/** Recordings that were made before: by the command line, then aged, renamed and copied as a test needs them. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { CLI_VARIABLE } from './connect.ts';
import { recordingsFolder } from './recordings.ts';

const MINUTE_MILLISECONDS = 60_000;

export interface Kept {
  readonly id: string;
  readonly folder: string;
}

/** How a recording differs from the one that was made just now. */
export interface Changes {
  readonly minutesAgo?: number;
  readonly isPinned?: boolean;
  /** Of its manifest. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** Records `node <words>` in the first folder of the workspace, as the command line does. */
export async function keepRecording(id: string, words: readonly string[], changes: Changes): Promise<Kept> {
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const folder = path.join(recordingsFolder(), id);
  const command = [process.env[CLI_VARIABLE] ?? '', 'run', '--out', folder, '--', 'node', ...words];
  await rm(folder, { recursive: true, force: true });
  await mkdir(recordingsFolder(), { recursive: true });
  await promisify(execFile)('node', command, { cwd });
  await change(folder, changes);
  return { id, folder };
}

export async function copyRecording({ folder }: Kept, id: string, changes: Changes): Promise<Kept> {
  const copy = path.join(recordingsFolder(), id);
  // Of a test that is tried again.
  await rm(copy, { recursive: true, force: true });
  await cp(folder, copy, { recursive: true });
  await change(copy, changes);
  return { id, folder: copy };
}

/** What menus give to commands on a recording. */
export const nodeOf = ({ id }: Kept) => ({ kind: 'entry', entry: { id, name: id } });

async function change(folder: string, { minutesAgo = 0, isPinned, manifest }: Changes): Promise<void> {
  const file = path.join(folder, 'manifest.json');
  const old = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  const startedAt = Date.now() - minutesAgo * MINUTE_MILLISECONDS;
  const duration = Date.parse(old['stoppedAt'] ?? '') - Date.parse(old['startedAt'] ?? '');
  const times = {
    startedAt: new Date(startedAt).toISOString(),
    stoppedAt: new Date(startedAt + duration).toISOString(),
  };
  await writeFile(file, JSON.stringify({ ...old, ...times, ...manifest }));
  if (isPinned) await writeFile(path.join(folder, 'label.json'), JSON.stringify({ isPinned }));
}
