import * as vscode from 'vscode';
import type { CommandRegistry } from '../command-registry.ts';
import { HOTTEST_LINE, SHOW_HINTS_OF, TOGGLE_HINTS } from '../commands.ts';
import { openPlace, openPlaceCommand } from '../open-place.ts';
import type { RecordingsModel } from '../recordings.ts';
import { LeakDiagnostics } from '../leaks/diagnostics.ts';
import { EditorHints } from './editor-hints.ts';
import { chooseMetric } from './choose-metric.ts';
import { hottestPlace, neighbour } from './hot-lines.ts';
import { HOVER_COMMANDS, hoverText } from './hover-text.ts';
import { changesHintSettings } from './settings.ts';

/** Whether hints are hidden in this window: the view says so. */
export interface HiddenHints {
  readonly areHidden: () => boolean;
  /** They may be hidden or shown now. */
  readonly onDidChange: vscode.Event<void>;
}

/** Shows the open recording's hints in editors, with their hover and their commands. */
export function registerHints(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  model: RecordingsModel,
): HiddenHints {
  const hints = new EditorHints(model);
  const leaks = new LeakDiagnostics(model, hints);
  const changed = new vscode.EventEmitter<void>();
  const toggle = (): void => {
    hints.toggle();
    changed.fire();
  };
  subscriptions.push(
    ...[hints, leaks, changed],
    model.onChange(change => {
      if (change !== 'open') return;
      hints.readRecording();
      leaks.readRecording();
    }),
    vscode.workspace.onDidChangeTextDocument(event => {
      hints.edit(event);
      leaks.refresh(event.document);
    }),
    vscode.workspace.onDidOpenTextDocument(document => {
      hints.open(document);
      leaks.refresh(document);
    }),
    vscode.workspace.onDidCloseTextDocument(document => hints.close(document)),
    vscode.window.onDidChangeVisibleTextEditors(() => hints.drawAll()),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (!changesHintSettings(change)) return;
      hints.readSettings();
      changed.fire();
    }),
    vscode.languages.registerHoverProvider({ scheme: 'file' }, hoverProvider(hints, model)),
    openPlaceCommand(commands),
    commands.register(TOGGLE_HINTS, toggle),
    ...hintCommands(commands, hints, model),
  );
  return { areHidden: () => !hints.areShown, onDidChange: changed.event };
}

const hintCommands = (
  commands: CommandRegistry,
  hints: EditorHints,
  model: RecordingsModel,
): vscode.Disposable[] => [
  commands.register('slowcatch.clearHints', () => model.close()),
  commands.register(HOTTEST_LINE, () => goToHottest(model)),
  commands.register('slowcatch.nextHotLine', () => goToNeighbour(hints, model, 'next')),
  commands.register(SHOW_HINTS_OF, (metric: unknown) => chooseMetric(model, metric)),
  commands.register('slowcatch.previousHotLine', () => goToNeighbour(hints, model, 'previous')),
];

async function goToHottest(model: RecordingsModel): Promise<void> {
  const place = hottestPlace(model.view?.files ?? []);
  if (place) await openPlace(place);
  else
    void vscode.window.showInformationMessage(
      model.view
        ? vscode.l10n.t('This recording has no hot lines in your files.')
        : vscode.l10n.t(
            'No recording is open. Open one in the Slowcatch view, or profile the current launch configuration.',
          ),
    );
}

async function goToNeighbour(hints: EditorHints, model: RecordingsModel, direction: 'next' | 'previous') {
  const editor = vscode.window.activeTextEditor;
  const lines = editor ? hints.shown(editor.document).map(({ line }) => line) : [];
  const line = neighbour(lines, editor?.selection.active.line ?? 0, direction);
  if (!editor || line === undefined) return goToHottest(model);
  const position = new vscode.Position(line, editor.document.lineAt(line).firstNonWhitespaceCharacterIndex);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(
    new vscode.Range(position, position),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

/**
 * Over the hint behind the line, and over the line's beginning, where "next hot line" puts the cursor (for "show hover"
 * by keyboard). Not over all of the line: there the language's own hovers are wanted.
 */
function hoverProvider(hints: EditorHints, model: RecordingsModel): vscode.HoverProvider {
  return {
    provideHover(document, { line, character }) {
      const shown = hints.shown(document).find(hint => hint.line === line);
      if (!shown || !model.view) return undefined;
      const { text, firstNonWhitespaceCharacterIndex } = document.lineAt(line);
      if (character > firstNonWhitespaceCharacterIndex && character < text.length) return undefined;
      const content = new vscode.MarkdownString(
        hoverText(shown, model.view, Date.now(), document.uri.fsPath),
      );
      content.isTrusted = { enabledCommands: HOVER_COMMANDS };
      content.supportHtml = false;
      return new vscode.Hover(content, new vscode.Range(line, character, line, character));
    },
  };
}
