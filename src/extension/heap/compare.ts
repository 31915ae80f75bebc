/** Slowcatch: Compare Heap Snapshots: what grows between snapshots of one process. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { CommandRegistry } from '../command-registry.ts';
import { OPEN_LEAKS } from '../commands.ts';
import type { Connection } from '../connection.ts';
import { showFailure } from '../failures.ts';

const SNAPSHOTS = '**/*.heapsnapshot';
const PACKAGES = '**/node_modules/**';
const MOST_LISTED = 500;

export function registerCompare(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  connection: Connection,
): void {
  subscriptions.push(
    commands.register<unknown>('slowcatch.compareHeapSnapshots', async (clicked, selected) => {
      const given = uris(selected ?? (clicked === undefined ? [] : [clicked]));
      const files = given.length > 1 ? given : await pickSnapshots();
      if (files) await compare(await byAge(files), connection);
    }),
  );
}

async function compare(files: readonly string[], connection: Connection): Promise<void> {
  const id = randomUUID();
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Comparing {0} heap snapshots…', files.length),
    cancellable: true,
  };
  const isCompared = await vscode.window.withProgress(progress, async (_, token) => {
    const cancelling = token.onCancellationRequested(() => {
      connection.request('slowcatch/heapClose', { id }).catch(showFailure);
    });
    try {
      await connection.request('slowcatch/compareSnapshots', { id, files });
      return true;
    } catch (error) {
      if (token.isCancellationRequested) return false;
      throw error;
    } finally {
      cancelling.dispose();
    }
  });
  const name = files.map(file => path.basename(file)).join(', ');
  if (isCompared) await vscode.commands.executeCommand(OPEN_LEAKS, { id, name, files });
}

/** Of the explorer: what was clicked, and all that is selected. */
const uris = (given: unknown): string[] =>
  Array.isArray(given)
    ? given.flatMap((each: unknown) => (each instanceof vscode.Uri ? [each.fsPath] : []))
    : [];

/** Of the workspace's; from anywhere where it has fewer than two. Undefined when nothing is chosen. */
async function pickSnapshots(): Promise<readonly string[] | undefined> {
  const found = await vscode.workspace.findFiles(SNAPSHOTS, PACKAGES, MOST_LISTED);
  if (found.length < 2) return (await openDialog())?.map(({ fsPath }) => fsPath);
  const files = await byAge(found.map(({ fsPath }) => fsPath));
  const items = files.map(file => ({ label: vscode.workspace.asRelativePath(file), file }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Two or more snapshots of one process, with the same work between them'),
  });
  return picked?.map(({ file }) => file);
}

const openDialog = (): Thenable<vscode.Uri[] | undefined> =>
  vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { [vscode.l10n.t('Heap snapshots')]: ['heapsnapshot'] },
    openLabel: vscode.l10n.t('Compare'),
  });

/** In the order in which they were written. What is gone comes first: reading it says so. */
async function byAge(files: readonly string[]): Promise<readonly string[]> {
  const dated = await Promise.all(
    files.map(async file => ({
      file,
      written: await fs.stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  );
  return dated
    .toSorted((a, b) => a.written - b.written || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file);
}
