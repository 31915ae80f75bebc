import * as vscode from 'vscode';
import type { ListedFunction } from '../../contracts/server.ts';
import type { RouteNode } from '../../contracts/views/recording.ts';
import type { Connection } from '../connection.ts';
import type { RecordingsModel } from '../recordings.ts';
import { functionOf } from './found.ts';
import { fileInFolder, watchEntries, type WatchEntry } from './settings.ts';
import { markText } from './words.ts';

/** An eye in the gutter, in the colours of heat bars: each has 3 : 1 on its themes' backgrounds. */
function eye(colour: string): vscode.Uri {
  const image =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="none" stroke="${colour}" stroke-width="1.3">` +
    '<path d="M1.5 8C3 5 5.3 3.7 8 3.7S13 5 14.5 8C13 11 10.7 12.3 8 12.3S3 11 1.5 8z"/>' +
    '<circle cx="8" cy="8" r="2.2"/></g></svg>';
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(image).toString('base64')}`);
}

interface Marked {
  readonly version: number;
  readonly functions: readonly ListedFunction[];
}

/** Marks watched functions in the visible editors, with what the newest recording has counted of them. */
export class WatchedMarks {
  readonly #type = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    gutterIconSize: 'contain',
    light: { gutterIconPath: eye('#1a6fb5') },
    dark: { gutterIconPath: eye('#4daafc') },
    overviewRulerColor: new vscode.ThemeColor('charts.blue'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3ch' },
  });
  readonly #listed = new WeakMap<vscode.TextDocument, Marked>();
  readonly #connection: Connection;
  readonly #model: RecordingsModel;

  constructor(connection: Connection, model: RecordingsModel) {
    this.#connection = connection;
    this.#model = model;
  }

  /** Asks the server only where something of the file is watched. */
  async drawAll(): Promise<void> {
    await Promise.all(vscode.window.visibleTextEditors.map(editor => this.draw(editor)));
  }

  async draw(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    const entries = entriesOf(document.uri);
    const functions = entries.length > 0 ? await this.functions(document) : [];
    const marks = entries.flatMap(entry => {
      const found = functionOf(functions, entry);
      return found ? [this.#mark(document, entry, found.line)] : this.#gone(document, entry, functions);
    });
    editor.setDecorations(this.#type, marks);
  }

  /** The functions of a document as it is now. */
  async functions(document: vscode.TextDocument): Promise<readonly ListedFunction[]> {
    const { version } = document;
    const known = this.#listed.get(document);
    if (known?.version === version) return known.functions;
    const asked = { file: document.uri.fsPath, text: document.getText() };
    const functions = await this.#connection.request('slowcatch/functions', asked);
    this.#listed.set(document, { version, functions });
    return functions;
  }

  dispose(): void {
    this.#type.dispose();
  }

  #mark(document: vscode.TextDocument, entry: WatchEntry, line: number): vscode.DecorationOptions {
    return decoration(document, line, markText(entry, this.#route(entry)));
  }

  /** Said where it was; a text that cannot be parsed says nothing. */
  #gone(
    document: vscode.TextDocument,
    entry: WatchEntry,
    functions: readonly ListedFunction[],
  ): vscode.DecorationOptions[] {
    if (functions.length === 0) return [];
    const text = vscode.l10n.t('watched function {0} is gone', entry.function);
    return [decoration(document, entry.line ?? 1, text)];
  }

  /** Of what is recorded now, else of the open recording. */
  #route({ function: name }: WatchEntry): RouteNode | undefined {
    const live = [...this.#model.operations.values()].at(-1);
    const { calls = [] } = live ?? this.#model.view?.operations ?? {};
    return calls.find(route => route.name === name);
  }
}

function decoration(document: vscode.TextDocument, line: number, text: string): vscode.DecorationOptions {
  const at = document.lineAt(Math.min(Math.max(0, line - 1), document.lineCount - 1));
  const first = at.firstNonWhitespaceCharacterIndex;
  return {
    range: new vscode.Range(at.lineNumber, first, at.lineNumber, first + 1),
    renderOptions: { after: { contentText: text } },
  };
}

function entriesOf(uri: vscode.Uri): readonly WatchEntry[] {
  const place = fileInFolder(uri);
  return place ? watchEntries(place.folder).filter(({ file }) => file === place.file) : [];
}
