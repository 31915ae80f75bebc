import * as vscode from 'vscode';
import { showFailure } from '../failures.ts';
import { CAPTURE_KEY } from './launch-configuration.ts';

interface Listener {
  /** `capture` is the server's id of it. */
  readonly onStarted: (session: string, capture: string) => void;
  /** Of any session. */
  readonly onEnded: (session: string) => void;
}

/** The root debug sessions that were launched to be recorded. */
export class LaunchedSessions implements vscode.Disposable {
  readonly #listener: Listener;
  readonly #open = new Map<string, vscode.DebugSession>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#subscriptions = [
      vscode.debug.onDidStartDebugSession(session => this.#started(session)),
      vscode.debug.onDidTerminateDebugSession(session => this.#ended(session)),
    ];
  }

  /** Ends the programs that were launched for a capture. */
  end(capture: string): void {
    for (const session of this.#open.values())
      if (captureOf(session) === capture) vscode.debug.stopDebugging(session).then(undefined, showFailure);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #started(session: vscode.DebugSession): void {
    const capture = captureOf(session);
    if (capture === undefined || session.parentSession) return;
    this.#open.set(session.id, session);
    this.#listener.onStarted(session.id, capture);
  }

  #ended({ id }: vscode.DebugSession): void {
    this.#open.delete(id);
    this.#listener.onEnded(id);
  }
}

function captureOf({ configuration }: vscode.DebugSession): string | undefined {
  const capture: unknown = configuration[CAPTURE_KEY];
  return typeof capture === 'string' ? capture : undefined;
}
