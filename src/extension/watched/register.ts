/** Watching functions without a change to their code: an action on any function, and a mark in the gutter. */
import * as vscode from 'vscode';
import type { CommandRegistry } from '../command-registry.ts';
import { STOP_WATCHING, WATCH_FUNCTION } from '../commands.ts';
import type { Connection } from '../connection.ts';
import { showFailure } from '../failures.ts';
import type { RecordingsModel } from '../recordings.ts';
import { entryOf, functionInLine } from './found.ts';
import { WatchedMarks } from './marks.ts';
import { changesWatched, fileInFolder, setWatchEntries, watchEntries, type WatchEntry } from './settings.ts';
import type { ListedFunction } from '../../contracts/server.ts';

const LANGUAGES = ['javascript', 'typescript', 'javascriptreact', 'typescriptreact'];
const LEAST_MILLISECONDS = 0.1;
const MOST_MILLISECONDS = 3_600_000;

export function registerWatched(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  connection: Connection,
  model: RecordingsModel,
): void {
  const marks = new WatchedMarks(connection, model);
  const draw = (): void => void marks.drawAll().catch(showFailure);
  subscriptions.push(
    marks,
    model.onChange(draw),
    vscode.window.onDidChangeVisibleTextEditors(draw),
    vscode.workspace.onDidSaveTextDocument(draw),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (changesWatched(change)) draw();
    }),
    commands.register<Place>(WATCH_FUNCTION, place => watchFunction(marks, place)),
    commands.register<Place>(STOP_WATCHING, place => stopWatching(marks, place)),
    vscode.languages.registerCodeActionsProvider(
      LANGUAGES.map(language => ({ language, scheme: 'file' })),
      {
        provideCodeActions: (document, range, { triggerKind }) =>
          actions(marks, document, range, triggerKind),
      },
    ),
  );
  draw();
}

interface Place {
  readonly uri: vscode.Uri;
  /** 1-based. */
  readonly line: number;
}

interface FoundFunction {
  readonly folder: vscode.WorkspaceFolder;
  readonly file: string;
  readonly wanted: ListedFunction;
  /** All of the folder. */
  readonly entries: readonly WatchEntry[];
  /** Of this function. */
  readonly entry: WatchEntry | undefined;
}

/** Not while the cursor moves: a light bulb on every function would be in the way. */
async function actions(
  marks: WatchedMarks,
  document: vscode.TextDocument,
  range: vscode.Range,
  trigger: vscode.CodeActionTriggerKind,
): Promise<vscode.CodeAction[]> {
  if (trigger !== vscode.CodeActionTriggerKind.Invoke || !vscode.workspace.isTrusted) return [];
  const place = { uri: document.uri, line: range.start.line + 1 };
  const found = await find(marks, place);
  if (!found || found.wanted.refusal !== undefined) return [];
  const action = (title: string, command: string): vscode.CodeAction => ({
    title,
    kind: vscode.CodeActionKind.Refactor,
    command: { title, command, arguments: [place] },
  });
  const { name } = found.wanted;
  return [
    action(vscode.l10n.t('Watch {0}: keep when slower than…', name), WATCH_FUNCTION),
    ...(found.entry ? [action(vscode.l10n.t('Stop watching {0}', name), STOP_WATCHING)] : []),
  ];
}

/** The function of a place, else of the cursor. */
async function find(marks: WatchedMarks, place: Place | undefined): Promise<FoundFunction | undefined> {
  const editor = vscode.window.activeTextEditor;
  const at = place ?? (editor && { uri: editor.document.uri, line: editor.selection.active.line + 1 });
  const inFolder = at && fileInFolder(at.uri);
  if (!at || !inFolder) return undefined;
  const functions = await marks.functions(await vscode.workspace.openTextDocument(at.uri));
  const wanted = functionInLine(functions, at.line);
  if (!wanted) return undefined;
  const entries = watchEntries(inFolder.folder);
  const ofFile = entries.filter(({ file }) => file === inFolder.file);
  return { ...inFolder, wanted, entries, entry: entryOf(ofFile, functions, wanted) };
}

async function watchFunction(marks: WatchedMarks, place: Place | undefined): Promise<void> {
  const found = await find(marks, place);
  if (!found)
    return tell(vscode.l10n.t('There is no function here. Put the cursor into one of this workspace.'));
  const { folder, file, wanted, entries, entry } = found;
  if (wanted.refusal !== undefined)
    return tell(vscode.l10n.t('{0} cannot be watched: {1}.', wanted.name, wanted.refusal));
  const threshold = await askThreshold(wanted.name, entry?.threshold);
  if (threshold === undefined) return;
  const next = { file, function: wanted.name, line: wanted.line, threshold };
  await setWatchEntries(folder, [...entries.filter(each => each !== entry), next]);
}

async function stopWatching(marks: WatchedMarks, place: Place | undefined): Promise<void> {
  const found = await find(marks, place);
  if (!found?.entry) return tell(vscode.l10n.t('This function is not watched.'));
  const { folder, entries, entry } = found;
  await setWatchEntries(
    folder,
    entries.filter(each => each !== entry),
  );
}

const tell = (message: string): void => void vscode.window.showInformationMessage(message);

async function askThreshold(name: string, known: number | undefined): Promise<number | undefined> {
  const usual = vscode.workspace.getConfiguration('slowcatch').get('threshold', 100);
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Watch {0}', name),
    prompt: vscode.l10n.t(
      'Calls that take longer than so many milliseconds are kept, from the next recording on',
    ),
    value: String(known ?? usual),
    validateInput: text =>
      isThreshold(text) ? undefined : vscode.l10n.t('Type milliseconds, from 0.1 to 3600000.'),
  });
  return answer === undefined ? undefined : Number(answer);
}

function isThreshold(text: string): boolean {
  const value = Number(text.trim() || Number.NaN);
  return value >= LEAST_MILLISECONDS && value <= MOST_MILLISECONDS;
}
