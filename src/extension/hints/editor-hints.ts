import * as vscode from 'vscode';
import type { FileHints, LineHint } from '../../contracts/views/recording.ts';
import type { RecordingsModel } from '../recordings.ts';
import { HintDecorations } from './decorations.ts';
import { fileKey } from './file-key.ts';
import { HintedDocument } from './hinted-document.ts';
import type { ShownHint } from './hinted-document.ts';
import { hintSettings } from './settings.ts';
import { HintsVisibility } from './visibility.ts';

/** The open recording's hints in the editors that are visible. */
export class EditorHints {
  readonly #model: RecordingsModel;
  readonly #decorations = new HintDecorations();
  readonly #visibility = new HintsVisibility(hintSettings().enabled);
  #leastShare = hintSettings().leastShare;
  #files: readonly FileHints[] | undefined;
  #byKey: ReadonlyMap<string, FileHints> = new Map();
  /** Documents that were shown since the recording was opened, closed ones too, by file. */
  readonly #documents = new Map<string, HintedDocument>();

  constructor(model: RecordingsModel) {
    this.#model = model;
    this.readRecording();
  }

  /** Takes the hints of the model's open recording; its name alone may be what has changed. */
  readRecording(): void {
    const files = this.#model.view?.files;
    if (files === this.#files) return;
    this.#files = files;
    this.#byKey = new Map((files ?? []).map(file => [keyOf(file.file), file]));
    this.#documents.clear();
    this.drawAll();
  }

  readSettings(): void {
    const { enabled, leastShare } = hintSettings();
    this.#visibility.follow(enabled);
    this.#leastShare = leastShare;
    this.drawAll();
  }

  /** Hides the hints in this window, or shows them; the setting stays as it is. */
  toggle(): void {
    this.#visibility.toggle();
    this.drawAll();
  }

  get areShown(): boolean {
    return this.#visibility.areShown;
  }

  drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors)
      this.#decorations.draw(editor, this.shown(editor.document));
  }

  /** The hints of a document as its editors show them, by line. */
  shown(document: vscode.TextDocument): readonly ShownHint[] {
    return this.areShown ? (this.#hinted(document)?.shown(this.#leastShare) ?? []) : [];
  }

  /** What leaks in an open document, where it is now; also while hints are hidden. */
  leaks(document: vscode.TextDocument): readonly ShownHint[] {
    return (this.#hinted(document)?.shown(Number.POSITIVE_INFINITY) ?? []).filter(({ hint }) => hint.leaks);
  }

  edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const hinted = this.#documents.get(keyOf(document.uri.fsPath));
    if (!hinted || document.uri.scheme !== 'file') return;
    const touched = hinted.edit(contentChanges, document);
    // Saved, reverted, undone, or written by another program: perhaps it is as recorded again.
    if (!document.isDirty && hinted.recheck(document)) this.#draw(document);
    else if (touched.length > 0) this.#draw(document, new Set(touched.map(({ heat }) => heat)));
  }

  open(document: vscode.TextDocument): void {
    if (document.uri.scheme === 'file') this.#documents.get(keyOf(document.uri.fsPath))?.reopen(document);
  }

  close(document: vscode.TextDocument): void {
    if (document.uri.scheme === 'file') this.#documents.get(keyOf(document.uri.fsPath))?.close(document);
  }

  dispose(): void {
    this.#decorations.dispose();
  }

  #hinted(document: vscode.TextDocument): HintedDocument | undefined {
    const key = keyOf(document.uri.fsPath);
    const file = document.uri.scheme === 'file' && this.#byKey.get(key);
    if (!file) return undefined;
    let hinted = this.#documents.get(key);
    if (!hinted) this.#documents.set(key, (hinted = new HintedDocument(file, document)));
    return hinted;
  }

  #draw(document: vscode.TextDocument, heats?: ReadonlySet<LineHint['heat']>): void {
    const shown = this.shown(document);
    // The first hint of a file that is not as recorded says so, whichever it is now.
    const parts = shown[0]?.fileState === 'recorded' ? heats : undefined;
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === document) this.#decorations.draw(editor, shown, parts);
  }
}

const keyOf = (file: string): string => fileKey(file, process.platform);
