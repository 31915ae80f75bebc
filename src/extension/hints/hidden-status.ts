import * as vscode from 'vscode';
import { TOGGLE_HINTS } from '../commands.ts';

/** Context key: a recording is open, and its hints are hidden. */
const HIDDEN_KEY = 'slowcatch.areHintsHidden';
/** To the right of the flame. */
const PRIORITY = 49;

/** Says in the status bar that hints are hidden, and shows them at a click; sets the context key for menus and views. */
export class HiddenStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    'slowcatch.hiddenHints',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );

  constructor() {
    this.#item.name = 'Slowcatch Hints';
    this.#item.text = '$(eye-closed) Hints are hidden';
    this.#item.tooltip = 'The hints of the open recording are hidden. Click to show them.';
    this.#item.command = TOGGLE_HINTS;
  }

  show(areHidden: boolean): void {
    if (areHidden) this.#item.show();
    else this.#item.hide();
    void vscode.commands.executeCommand('setContext', HIDDEN_KEY, areHidden);
  }

  dispose(): void {
    this.#item.dispose();
  }
}
