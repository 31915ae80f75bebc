import * as vscode from 'vscode';
import type { RecordedProblem } from '../../contracts/recording.ts';
import type { BeginCapture, Capture } from '../../contracts/server.ts';
import { UserError } from '../../contracts/user-error.ts';
import type { Connection } from '../connection.ts';
import { showFailure } from '../failures.ts';
import {
  type ActiveCapture,
  type Attempt,
  type CaptureEvent,
  hasEnded,
  isOpen,
  newProblems,
  nextCapture,
  whyNothing,
} from './capture-state.ts';
import { type Configuration, launchEnvironment } from './launch-configuration.ts';
import { LaunchedSessions } from './launched-sessions.ts';
import { offerAttach, tellNotes, tellProblem } from './notices.ts';

/** `leave`: the user ends the recording, but not the programs that were launched for it. */
type Ending = 'program' | 'user' | 'leave';

const whoEnds = (ending: Ending): 'program' | 'user' => (ending === 'program' ? 'program' : 'user');

/** The capture of this window: begun by one of the commands, ended by the user or with what is recorded. */
export class Captures implements vscode.Disposable {
  readonly #connection: Connection;
  readonly #showResult: (id: string) => Promise<void>;
  readonly #changed = new vscode.EventEmitter<ActiveCapture | undefined>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #sessions: LaunchedSessions;
  #current: ActiveCapture | undefined;
  #attempts = 0;

  constructor(connection: Connection, showResult: (id: string) => Promise<void>) {
    this.#connection = connection;
    this.#showResult = showResult;
    this.#sessions = new LaunchedSessions({
      onStarted: (session, capture) => this.#sessionStarted(session, capture),
      onEnded: session => this.#dispatch({ type: 'session-ended', session }),
    });
    this.#subscriptions = [
      this.#changed,
      this.#sessions,
      connection.on('slowcatch/capture', progress => this.#dispatch({ type: 'progress', progress })),
    ];
  }

  get onDidChange(): vscode.Event<ActiveCapture | undefined> {
    return this.#changed.event;
  }

  get current(): ActiveCapture | undefined {
    return this.#current;
  }

  /** Whether programs may join: the user has neither given up nor asked for the end. */
  isOpen(attempt: Attempt): boolean {
    return isOpen(this.#current, attempt);
  }

  /** Throws `capture-active` when something is recorded already: one capture at a time. */
  requireIdle(): void {
    if (this.#current) throw new UserError('capture-active', { name: this.#current.name });
  }

  /** The user wants to record; `sessions` are root debug sessions that run already. Throws `capture-active`. */
  request(kind: BeginCapture['kind'], name: string, sessions: readonly string[] = []): Attempt {
    this.requireIdle();
    const attempt = ++this.#attempts;
    this.#dispatch({ type: 'requested', attempt, kind, name, sessions });
    return attempt;
  }

  /** Records something that runs already, and tells what the user should know of it. */
  async record(parameters: BeginCapture, sessions?: readonly string[]): Promise<void> {
    const attempt = this.request(parameters.kind, parameters.name, sessions);
    try {
      tellNotes((await this.begin(attempt, parameters))?.notes ?? []);
    } catch (error) {
      // Why it failed is of no interest to who has given up; a crash has been told.
      if (this.isOpen(attempt)) throw error;
    } finally {
      if (this.#current?.id === undefined) this.abandon(attempt);
    }
  }

  /** Opens the recording of the capture that was requested; nothing when the user has given up meanwhile. */
  async begin(attempt: Attempt, parameters: BeginCapture): Promise<Capture | undefined> {
    const capture = await this.#connection.request('slowcatch/begin', parameters);
    if (!this.isOpen(attempt)) {
      await this.#connection.request('slowcatch/stop', { id: capture.id, endedBy: 'user' });
      return undefined;
    }
    const { id, notes } = capture;
    this.#dispatch({ type: 'begun', attempt, id, name: parameters.name, notes });
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

  /** The launching command has returned; `isExplained` when it tells why it has not launched something. */
  launched(attempt: Attempt, isExplained: boolean): void {
    this.#dispatch({ type: 'launched', attempt, isExplained });
  }

  abandon(attempt: Attempt): void {
    this.#dispatch({ type: 'over', attempt });
  }

  /** The server has ended, and whatever it recorded with it. */
  lost(): void {
    if (this.#current) this.abandon(this.#current.attempt);
  }

  /** Saves what was recorded, ends the programs that were launched for it, and shows the result. */
  async stopByUser(): Promise<void> {
    const capture = this.#current;
    if (!capture) return;
    if (capture.id === undefined) this.abandon(capture.attempt);
    else await this.#stop(capture, capture.id, 'user');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #stop(capture: ActiveCapture, id: string, ending: Ending): Promise<void> {
    const { attempt } = capture;
    if (capture.isStopping) return;
    this.#dispatch({ type: 'stopping', attempt });
    try {
      const entry = await this.#connection.request('slowcatch/stop', { id, endedBy: whoEnds(ending) });
      if (entry) await this.#showResult(entry.id);
      else this.#explainNothing(capture, ending);
    } catch (error) {
      // With the server its captures are over: the crash has been told.
      if (this.#current?.attempt === attempt) throw error;
    } finally {
      // Not before: that keeps the extension host and the window busy while the result is waited for.
      if (ending === 'user') this.#sessions.end(id);
      this.abandon(attempt);
    }
  }

  #explainNothing(before: ActiveCapture, ending: Ending): void {
    const reason = whyNothing(before, this.#current ?? before, whoEnds(ending));
    if (reason) showFailure(reason);
  }

  #tell(problem: RecordedProblem, { id }: ActiveCapture): void {
    if (problem.code === 'no-agent') this.#offerAttach(problem, id).catch(showFailure);
    else tellProblem(problem);
  }

  /** Attaching is a capture of its own: the one that nothing reports to makes room. */
  async #offerAttach(problem: RecordedProblem, id: string | undefined): Promise<void> {
    if (!(await offerAttach(problem))) return;
    const capture = this.#current;
    if (id !== undefined && capture?.id === id) await this.#stop(capture, id, 'leave');
    await vscode.commands.executeCommand('slowcatch.attach');
  }

  #sessionStarted(session: string, capture: string): void {
    if (capture === this.#current?.id) this.#dispatch({ type: 'session-started', session });
  }

  #dispatch(event: CaptureEvent): void {
    const before = this.#current;
    const now = nextCapture(before, event);
    this.#current = now;
    if (now !== before) this.#changed.fire(now);
    if (!now) return;
    if (before && !before.isStopping)
      for (const problem of newProblems(before, now)) this.#tell(problem, now);
    if (now.id !== undefined && hasEnded(now)) this.#stop(now, now.id, 'program').catch(showFailure);
  }
}
