import * as vscode from 'vscode';
import type { RecordingEntry } from '../../contracts/server.ts';
import { formatAge } from '../../format/age.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Connection } from '../connection.ts';
import { showFailure } from '../failures.ts';
import type { RecordingsModel } from '../recordings.ts';
import type { Node } from './nodes.ts';

const LONGEST_NAME = 100;

/** What can be done with a recording, from the view's menus or, with a picker, from the palette. */
export function recordingCommands(model: RecordingsModel, connection: Connection): vscode.Disposable[] {
  const register = (name: string, run: (node?: Node) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(`slowcatch.${name}`, async (node?: Node) => {
      await run(node).catch(showFailure);
    });
  const forEntry = (name: string, run: (entry: RecordingEntry) => Promise<unknown>): vscode.Disposable =>
    register(name, async node => {
      const entry = entryOf(node) ?? (await pickRecording(model));
      if (entry) await run(entry);
    });
  const change = async (id: string, values: { name?: string; isPinned?: boolean }): Promise<void> => {
    await connection.request('slowcatch/change', { id, ...values });
    await model.refresh();
  };
  return [
    register('refreshRecordings', () => model.refresh()),
    register('mapFolder', () => mapFolder(model)),
    forEntry('openRecording', entry => open(entry, model)),
    forEntry('renameRecording', async entry => {
      const name = await askName(entry);
      if (name !== undefined) await change(entry.id, { name });
    }),
    forEntry('pinRecording', entry => change(entry.id, { isPinned: true })),
    forEntry('unpinRecording', entry => change(entry.id, { isPinned: false })),
    forEntry('deleteRecording', async entry => {
      if (!(await confirmDelete(entry))) return;
      await connection.request('slowcatch/delete', { id: entry.id });
      await model.refresh();
    }),
  ];
}

const entryOf = (node: Node | undefined): RecordingEntry | undefined => {
  if (node?.kind === 'entry') return node.entry;
  return node?.kind === 'open' ? node.view.entry : undefined;
};

async function open({ id }: RecordingEntry, model: RecordingsModel): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: 'slowcatch.view' } }, () => model.open(id));
}

async function pickRecording(model: RecordingsModel): Promise<RecordingEntry | undefined> {
  await model.refresh();
  if (model.entries.length === 0) {
    void vscode.window.showInformationMessage(
      'There are no recordings yet. Profile the current launch configuration.',
    );
    return undefined;
  }
  const items = model.entries.map(entry => ({
    label: withoutIcons(plainText(entry.name)),
    description: formatAge(entry.startedAt, Date.now()),
    entry,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Choose a recording' }))?.entry;
}

/** Labels of pickers show `$(name)` as an icon. */
const withoutIcons = (text: string): string => text.replaceAll('$(', '$ (');

function askName({ name }: RecordingEntry): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Rename Recording',
    value: plainText(name),
    validateInput: text => {
      if (text.trim() === '') return 'A recording needs a name.';
      return text.length > LONGEST_NAME ? `At most ${LONGEST_NAME} characters.` : undefined;
    },
  });
}

async function confirmDelete({ name, isPinned }: RecordingEntry): Promise<boolean> {
  const action = 'Delete';
  const answer = await vscode.window.showWarningMessage(
    `Delete the recording "${plainText(name)}"?`,
    { modal: true, detail: `${isPinned ? 'It is pinned. ' : ''}Its files are removed from disk.` },
    action,
  );
  return answer === action;
}

async function mapFolder(model: RecordingsModel): Promise<void> {
  const missing = model.view?.missingFolder;
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Choose',
      title: `The folder that was ${plainText(missing ?? '')}`,
      ...(defaultUri ? { defaultUri } : {}),
    })) ?? [];
  if (folder) await model.mapFolder(folder.fsPath);
}
