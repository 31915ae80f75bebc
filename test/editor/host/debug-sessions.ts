import * as vscode from 'vscode';

/** The debug sessions from now on; root sessions and js-debug's children. Dispose of it at the end of the test. */
export class DebugSessions implements vscode.Disposable {
  readonly started: vscode.DebugSession[] = [];
  readonly #ended = new Set<string>();
  readonly #listeners = [
    vscode.debug.onDidStartDebugSession(session => this.started.push(session)),
    vscode.debug.onDidTerminateDebugSession(({ id }) => this.#ended.add(id)),
  ];

  get running(): readonly vscode.DebugSession[] {
    return this.started.filter(({ id }) => !this.#ended.has(id));
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }
}
