import * as vscode from 'vscode';
import type { LineHint } from '../../contracts/views/recording.ts';
import { heatBar } from './heat-bar.ts';
import type { Heat } from './heat-bar.ts';
import type { ShownHint } from './hinted-document.ts';

const MARKS: Readonly<Record<Heat, string>> = {
  1: 'charts.lines',
  2: 'charts.yellow',
  3: 'charts.orange',
  4: 'charts.red',
};

const HEATS: readonly LineHint['heat'][] = [0, 1, 2, 3, 4];

/** Hints drawn into editors: one decoration type per heat, for hints that hold and for stale ones. */
export class HintDecorations {
  readonly #types = HEATS.flatMap(heat =>
    [false, true].map(isStale => ({ heat, isStale, type: decorationType(heat, isStale) })),
  );
  readonly #drawn = new WeakSet<vscode.TextEditor>();

  /** Draws the hints of an editor; with `heats` those of them, fresh and stale, and leaves the others alone. */
  draw(
    editor: vscode.TextEditor,
    hints: readonly ShownHint[],
    heats: ReadonlySet<LineHint['heat']> = new Set(HEATS),
  ): void {
    if (hints.length === 0 && !this.#drawn.has(editor)) return;
    this.#drawn.add(editor);
    for (const heat of heats) {
      const ofHeat = hints.filter(({ hint }) => hint.heat === heat);
      for (const { type, isStale } of this.#types.filter(type => type.heat === heat))
        editor.setDecorations(
          type,
          ofHeat.filter(shown => shown.isStale === isStale).map(shown => decoration(shown, editor.document)),
        );
    }
  }

  dispose(): void {
    for (const { type } of this.#types) type.dispose();
  }
}

function decorationType(heat: LineHint['heat'], isStale: boolean): vscode.TextEditorDecorationType {
  const common: vscode.DecorationRenderOptions = {
    // The text stands behind the whole line, wherever in the line the decoration is anchored.
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: {
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      margin: '0 0 0 3ch',
      fontStyle: isStale ? 'italic' : 'normal',
    },
  };
  if (heat === 0) return vscode.window.createTextEditorDecorationType(common);
  return vscode.window.createTextEditorDecorationType({
    ...common,
    gutterIconSize: 'contain',
    light: { gutterIconPath: vscode.Uri.parse(heatBar(heat, 'light', isStale)) },
    dark: { gutterIconPath: vscode.Uri.parse(heatBar(heat, 'dark', isStale)) },
    ...(isStale
      ? {}
      : {
          overviewRulerColor: new vscode.ThemeColor(MARKS[heat]),
          overviewRulerLane: vscode.OverviewRulerLane.Center,
        }),
  });
}

/** Anchored at the line's first character: what is typed at its end, or before it, leaves the anchor on the line. */
function decoration({ line, text }: ShownHint, document: vscode.TextDocument): vscode.DecorationOptions {
  const { firstNonWhitespaceCharacterIndex: first } = document.lineAt(Math.min(line, document.lineCount - 1));
  return {
    range: new vscode.Range(line, first, line, first + 1),
    renderOptions: { after: { contentText: text } },
  };
}
