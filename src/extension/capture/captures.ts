import * as vscode from 'vscode';
import type { BeginCapture, Capture, CaptureProgress } from '../../contracts/server.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { Connection } from '../connection.ts';
import { failureText } from '../failure-text.ts';
import { showFailure } from '../failures.ts';
import {
  type ActiveCapture,
  type CaptureEvent,
  cameToNothing,
  hasEnded,
  nextCapture,
} from './capture-state.ts';
import { CAPTURE_KEY, type Configuration, launchEnvironment } from './launch-configuration.ts';

/** The capture of this window: begun by one of the commands, ended by the user or with what is recorded. */
export class Captures implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #showResult: (id: string) => Promise<void>;
  readonly #changed = new vscode.EventEmitter<ActiveCapture | undefined>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Root sessions that we launched: they end with the recording when the user stops it. */
  readonly #launched = new Map<string, vscode.DebugSession>();
  #current: ActiveCapture | undefined;
  /** Counts what the user asked for: an answer to an earlier wish comes too late. */
  #attempt = 0;

  constructor(connection: Connection, showResult: (id: string) => Promise<void>) {
    this.#connection = connection;
    this.#showResult = showResult;
    this.#subscriptions = [
      this.#changed,
      connection.on('slowcatch/capture', progress => this.#progress(progress)),
      vscode.debug.onDidStartDebugSession(session => this.#sessionStarted(session)),
      vscode.debug.onDidTerminateDebugSession(session => this.#sessionEnded(session)),
    ];
  }

  get onDidChange(): vscode.Event<ActiveCapture | undefined> {
    return this.#changed.event;
  }

  get current(): ActiveCapture | undefined {
    return this.#current;
  }

  /** Throws `capture-active` when something is recorded already: one capture at a time. */
  requireIdle(): void {
    if (this.#current) throw new UserError('capture-active', { name: this.#current.name });
  }

  /** The user wants to record; `sessions` are root debug sessions that run already. Throws `capture-active`. */
  request(kind: BeginCapture['kind'], name: string, sessions: readonly string[] = []): void {
    this.requireIdle();
    this.#attempt++;
    this.#dispatch({ type: 'requested', kind, name, sessions });
  }

  /** Records something that runs already, and tells what the user should know of it. */
  async record(parameters: BeginCapture, sessions?: readonly string[]): Promise<void> {
    this.request(parameters.kind, parameters.name, sessions);
    try {
      const notes = (await this.begin(parameters))?.notes ?? [];
      if (notes.length > 0) void vscode.window.showInformationMessage(notes.join(' '));
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Opens the recording of the capture that was requested; nothing when the user has given up meanwhile. */
  async begin(parameters: BeginCapture): Promise<Capture | undefined> {
    const attempt = this.#attempt;
    const capture = await this.#connection.request('slowcatch/begin', parameters);
    if (attempt !== this.#attempt || !this.#current) {
      await this.#connection.request('slowcatch/stop', { id: capture.id, endedBy: 'user' });
      return undefined;
    }
    this.#dispatch({ type: 'begun', id: capture.id, name: parameters.name, notes: capture.notes });
    return capture;
  }

  /** What the program of this configuration has to be started with. */
  environment(
    configuration: Configuration,
    { id }: Capture,
  ): Promise<Readonly<Record<string, string | null>>> {
    const inherited = process.env['NODE_OPTIONS'];
    return this.#connection.request('slowcatch/environment', launchEnvironment(configuration, id, inherited));
  }

  /** The launching command has returned: a capture of which nothing came is dropped. */
  launched(): void {
    this.#dispatch({ type: 'launched' });
    if (this.#current && cameToNothing(this.#current)) this.abandon();
  }

  abandon(): void {
    this.#launched.clear();
    this.#dispatch({ type: 'over' });
  }

  /** Saves what was recorded, ends the programs that were launched for it, and shows the result. */
  async stopByUser(): Promise<void> {
    if (this.#current?.id === undefined) this.abandon();
    else await this.#stop(this.#current, this.#current.id, 'user');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #stop(capture: ActiveCapture, id: string, endedBy: 'program' | 'user'): Promise<void> {
    if (capture.isStopping) return;
    this.#dispatch({ type: 'stopping' });
    try {
      // Agents write their last segments now: the programs may be ended only afterwards.
      const entry = await this.#connection.request('slowcatch/stop', { id, endedBy });
      if (!entry) throw new UserError('nothing-recorded', { name: capture.name });
      await this.#showResult(entry.id);
    } finally {
      if (endedBy === 'user') this.#endPrograms();
      this.abandon();
    }
  }

  #endPrograms(): void {
    for (const session of this.#launched.values()) void vscode.debug.stopDebugging(session);
  }

  #progress(progress: CaptureProgress): void {
    this.#dispatch({ type: 'progress', progress });
    const silent = progress.problems.find(problem => problem.code === 'no-agent');
    if (silent && progress.id === this.#current?.id) void offerAttach(failureText(silent));
  }

  #sessionStarted(session: vscode.DebugSession): void {
    const { id } = this.#current ?? {};
    if (id === undefined || session.parentSession || session.configuration[CAPTURE_KEY] !== id) return;
    this.#launched.set(session.id, session);
    this.#dispatch({ type: 'session-started', session: session.id });
  }

  #sessionEnded(session: vscode.DebugSession): void {
    this.#launched.delete(session.id);
    this.#dispatch({ type: 'session-ended', session: session.id });
  }

  #dispatch(event: CaptureEvent): void {
    const before = this.#current;
    this.#current = nextCapture(before, event);
    if (this.#current !== before) this.#changed.fire(this.#current);
    const now = this.#current;
    if (now?.id !== undefined && hasEnded(now)) this.#stop(now, now.id, 'program').catch(showFailure);
  }
}

async function offerAttach(message: string): Promise<void> {
  const attach = 'Attach to Running Process…';
  if ((await vscode.window.showWarningMessage(message, attach)) === attach) {
    await vscode.commands.executeCommand('slowcatch.attach');
  }
}
