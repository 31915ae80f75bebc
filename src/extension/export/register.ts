/** Slowcatch: Export…: a format, a file, and what can be done with it then. */
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { EXPORT_FORMATS, type ExportFormat } from '../../contracts/export-formats.ts';
import type { ProfileSource } from '../../contracts/profile-source.ts';
import { plainText } from '../../format/untrusted.ts';
import type { CommandRegistry } from '../command-registry.ts';
import { EXPORT } from '../commands.ts';
import type { Connection } from '../connection.ts';
import { messageText } from '../failure-text.ts';
import { showFailure } from '../failures.ts';
import { PROFILE_EDITOR } from '../flame/profile-editor.ts';
import type { RecordingsModel } from '../recordings.ts';
import { pickRecording } from '../view/actions.ts';
import { isInside } from '../workspace-paths.ts';
import { ofEntry, targetOf, type ExportTarget } from './export-target.ts';
import { formatWords } from './format-words.ts';
import { proposedName } from './proposed-name.ts';

export function registerExport(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  model: RecordingsModel,
  connection: Connection,
): void {
  subscriptions.push(
    commands.register<unknown>(EXPORT, async argument => {
      const target = targetOf(argument) ?? shownFile() ?? (await chosen(model));
      if (target) await exportTarget(target, model, connection);
    }),
  );
}

/** The profile file in the active editor. */
function shownFile(): ExportTarget | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === PROFILE_EDITOR
    ? targetOf(input.uri)
    : undefined;
}

/** The open recording, else one that the user chooses. */
async function chosen(model: RecordingsModel): Promise<ExportTarget | undefined> {
  const entry = model.view?.entry ?? (await pickRecording(model));
  return entry && ofEntry(entry);
}

async function exportTarget(
  { source, name, ...part }: ExportTarget,
  model: RecordingsModel,
  connection: Connection,
): Promise<void> {
  const format = await pickFormat();
  if (!format) return;
  const called = plainText(name ?? nameOf(source, model));
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export {0}', called),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(folderOf(source), proposedName(called, format.extension)),
  });
  if (!file) return;
  const request = { source, format: format.id, file: file.fsPath, isRelative: isRelative(), ...part };
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Exporting {0}…', called),
  };
  const { files } = await vscode.window.withProgress(progress, () =>
    connection.request('slowcatch/export', request),
  );
  // The message is there as long as the user lets it: the command is done.
  tell(files, format).catch(showFailure);
}

const isRelative = (): boolean =>
  vscode.workspace.getConfiguration('slowcatch.export').get<unknown>('relativePaths') !== false;

async function pickFormat(): Promise<ExportFormat | undefined> {
  const words = formatWords();
  const items = EXPORT_FORMATS.map(format => ({ ...words[format.id], format }));
  const options = { placeHolder: vscode.l10n.t('Choose a format'), matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.format;
}

function nameOf(source: ProfileSource, { entries }: RecordingsModel): string {
  if (source.kind === 'file') return path.basename(source.file);
  return entries.find(({ id }) => id === source.id)?.name ?? '';
}

/** Beside a file; of a recording the workspace, where there is one. */
function folderOf(source: ProfileSource): vscode.Uri {
  if (source.kind === 'file') return vscode.Uri.file(path.dirname(source.file));
  return firstFolder() ?? vscode.Uri.file(os.homedir());
}

const firstFolder = (): vscode.Uri | undefined => vscode.workspace.workspaceFolders?.[0]?.uri;

/** Says what was written, and opens or shows it when the user wants to. */
async function tell([file = '', ...others]: readonly string[], { id }: ExportFormat): Promise<void> {
  const name = messageText(path.basename(file));
  const said =
    others.length === 0
      ? vscode.l10n.t('Exported to {0}.', name)
      : vscode.l10n.t('Exported to {0} and {1} more beside it, one per thread.', name, others.length);
  const [open, reveal] = [vscode.l10n.t('Open'), vscode.l10n.t('Reveal')];
  const canReveal = vscode.env.uiKind === vscode.UIKind.Desktop || isInWorkspace(file);
  const answer = await vscode.window.showInformationMessage(said, open, ...(canReveal ? [reveal] : []));
  const uri = vscode.Uri.file(file);
  if (answer === reveal)
    await vscode.commands.executeCommand(isInWorkspace(file) ? 'revealInExplorer' : 'revealFileInOS', uri);
  // A page belongs into a browser.
  else if (answer === open && id === 'html') await vscode.env.openExternal(uri);
  else if (answer === open) await vscode.commands.executeCommand('vscode.open', uri);
}

function isInWorkspace(file: string): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return isInside(
    file,
    folders.map(({ uri }) => uri.fsPath),
    process.platform,
  );
}
