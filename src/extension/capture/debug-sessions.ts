import * as vscode from 'vscode';
import { isNodeType } from './launch-configuration.ts';

/** The open debug sessions of js-debug that began since activation: VS Code itself lists only the active one. */
export class DebugSessions implements vscode.Disposable {
  readonly #open = new Map<string, vscode.DebugSession>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.debug.onDidStartDebugSession(session => {
        if (isNodeType(session.type)) this.#open.set(session.id, session);
      }),
      vscode.debug.onDidTerminateDebugSession(session => void this.#open.delete(session.id)),
    ];
  }

  get(id: string): vscode.DebugSession | undefined {
    return this.#open.get(id);
  }

  /** The sessions of single processes and threads below a root session. */
  below(root: vscode.DebugSession): readonly vscode.DebugSession[] {
    return [...this.#open.values()].filter(session => session !== root && rootOf(session).id === root.id);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** The session that a launch or an attach began. */
export function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}
