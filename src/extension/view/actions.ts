import * as vscode from 'vscode';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import { formatAge } from '../../format/age.ts';
import { plainText } from '../../format/untrusted.ts';
import type { CommandRegistry } from '../command-registry.ts';
import type { Connection } from '../connection.ts';
import type { RecordingsModel } from '../recordings.ts';
import { orderEntries } from './entry-order.ts';
import { FOCUSED, focusedNode } from './focused-node.ts';
import type { Node } from './nodes.ts';
import { isHere } from './surroundings.ts';

const LONGEST_NAME = 100;

/** What can be done with a recording, from the view's menus or, with a picker, from the palette. */
export function recordingCommands(
  commands: CommandRegistry,
  model: RecordingsModel,
  connection: Connection,
  view: vscode.TreeView<Node>,
): vscode.Disposable[] {
  const forEntry = (name: string, run: (entry: RecordingEntry) => Promise<void>): vscode.Disposable =>
    commands.register<CommandTarget>(`slowcatch.${name}`, async on => {
      const entry = await chosenEntry(on, model, view);
      if (entry) await run(entry);
    });
  const change = async (id: string, values: { name?: string; isPinned?: boolean }): Promise<void> => {
    await connection.request('slowcatch/change', { id, ...values });
    await model.refresh();
  };
  return [
    commands.register('slowcatch.refreshRecordings', () => model.refresh()),
    commands.register('slowcatch.mapFolder', () => mapFolder(model)),
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

/** Of a menu the node, of a keybinding the focused one, of the palette nothing. */
type CommandTarget = Node | typeof FOCUSED;

async function chosenEntry(
  on: CommandTarget | undefined,
  model: RecordingsModel,
  view: vscode.TreeView<Node>,
): Promise<RecordingEntry | undefined> {
  if (on === FOCUSED) return entryOf(await focusedNode(view));
  return entryOf(on) ?? (await pickRecording(model));
}

const entryOf = (node: Node | undefined): RecordingEntry | undefined => {
  if (node?.kind === 'entry') return node.entry;
  return node?.kind === 'open' ? node.view.entry : undefined;
};

async function open({ id }: RecordingEntry, model: RecordingsModel): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: 'slowcatch.view' } }, () => model.open(id));
}

/** Undefined when nothing is chosen, or there is none. */
export async function pickRecording(model: RecordingsModel): Promise<RecordingEntry | undefined> {
  await model.refresh();
  if (model.entries.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There are no recordings yet. Profile the current launch configuration.'),
    );
    return undefined;
  }
  const items = orderEntries(model.entries, isHere).map(({ entry, folder }) => ({
    label: withoutIcons(plainText(entry.name)),
    description: [
      ...(folder === undefined ? [] : [plainText(folder)]),
      formatAge(entry.startedAt, Date.now()),
    ].join(' · '),
    entry,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Choose a recording') }))
    ?.entry;
}

/** Labels of pickers show `$(name)` as an icon. */
const withoutIcons = (text: string): string => text.replaceAll('$(', '$ (');

function askName({ name }: RecordingEntry): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Rename Recording'),
    value: plainText(name),
    validateInput: text => {
      if (text.trim() === '') return vscode.l10n.t('A recording needs a name.');
      return text.length > LONGEST_NAME ? vscode.l10n.t('At most {0} characters.', LONGEST_NAME) : undefined;
    },
  });
}

async function confirmDelete({ name, isPinned }: RecordingEntry): Promise<boolean> {
  const action = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the recording "{0}"?', plainText(name)),
    {
      modal: true,
      detail: isPinned
        ? vscode.l10n.t('It is pinned. Its files are removed from disk.')
        : vscode.l10n.t('Its files are removed from disk.'),
    },
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
      openLabel: vscode.l10n.t('Choose'),
      title: vscode.l10n.t('The folder that was {0}', plainText(missing ?? '')),
      ...(defaultUri ? { defaultUri } : {}),
    })) ?? [];
  if (folder) await model.mapFolder(folder.fsPath);
}
