/** What is being recorded in this window: at most one thing at a time. Pure; the window's events come in as values. */
import type { RecordedProblem } from '../../contracts/recording.ts';
import type { BeginCapture, CaptureProgress } from '../../contracts/server.ts';
import { UserError } from '../../contracts/user-error.ts';

/** One wish of the user to record something. What comes of an earlier wish than the present one comes too late. */
export type Attempt = number;

/** The one capture of the window; undefined when nothing is recorded. */
export interface ActiveCapture {
  readonly attempt: Attempt;
  readonly kind: BeginCapture['kind'];
  /** For display. */
  readonly name: string;
  /** The server's; absent until it has answered. */
  readonly id?: string;
  /** VS Code is still at work on the launch: tasks, questions to the user, members of a compound. */
  readonly isLaunching: boolean;
  readonly isStopping: boolean;
  /** Root debug sessions that are open: what is recorded ends with the last of them. Empty for `attach`. */
  readonly sessions: readonly string[];
  /** What the user should know of this capture. */
  readonly notes: readonly string[];
  /** What went wrong so far. */
  readonly problems: readonly RecordedProblem[];
  /** Why a program was not launched has been told: nothing more is to be said of a recording without any. */
  readonly isExplained: boolean;
  readonly progress?: CaptureProgress;
}

export type CaptureEvent =
  | {
      readonly type: 'requested';
      readonly attempt: Attempt;
      readonly kind: BeginCapture['kind'];
      readonly name: string;
      readonly sessions?: readonly string[];
    }
  | {
      readonly type: 'begun';
      readonly attempt: Attempt;
      readonly id: string;
      readonly name: string;
      readonly notes: readonly string[];
    }
  /** The command that launches has returned. */
  | { readonly type: 'launched'; readonly attempt: Attempt; readonly isExplained: boolean }
  | { readonly type: 'session-started'; readonly session: string }
  | { readonly type: 'session-ended'; readonly session: string }
  | { readonly type: 'progress'; readonly progress: CaptureProgress }
  | { readonly type: 'stopping'; readonly attempt: Attempt }
  /** Saved, given up, or lost with the server. */
  | { readonly type: 'over'; readonly attempt: Attempt };

/** The capture after an event. Late events, of a capture that is over, change nothing. */
export function nextCapture(
  capture: ActiveCapture | undefined,
  event: CaptureEvent,
): ActiveCapture | undefined {
  if (event.type === 'requested') return capture ?? requested(event);
  if (!capture || ('attempt' in event && event.attempt !== capture.attempt)) return capture;
  // A task failed, a question was cancelled, no configuration was Node's: nothing came of the launch.
  const isVain = event.type === 'launched' && capture.id === undefined;
  return isVain || event.type === 'over' ? undefined : { ...capture, ...changes(capture, event) };
}

type Change = Exclude<CaptureEvent, { readonly type: 'requested' | 'over' }>;

function changes(capture: ActiveCapture, event: Change): Partial<ActiveCapture> {
  const { sessions } = capture;
  if (event.type === 'begun') return { id: event.id, name: event.name, notes: event.notes };
  if (event.type === 'launched') return { isLaunching: false, isExplained: event.isExplained };
  if (event.type === 'stopping') return { isStopping: true };
  if (event.type === 'progress') return progressed(capture, event.progress);
  if (event.type === 'session-started') return { sessions: [...sessions, event.session] };
  return { sessions: sessions.filter(session => session !== event.session) };
}

function progressed({ id, problems }: ActiveCapture, progress: CaptureProgress): Partial<ActiveCapture> {
  return progress.id === id ? { progress, problems: [...problems, ...progress.problems] } : {};
}

function requested({
  attempt,
  kind,
  name,
  sessions = [],
}: CaptureEvent & { readonly type: 'requested' }): ActiveCapture {
  return {
    ...{ attempt, kind, name, sessions, isLaunching: kind === 'launch', isStopping: false },
    ...{ notes: [], problems: [], isExplained: false },
  };
}

/** Whether programs may still join: it goes on and nobody has asked for its end. */
export const isOpen = (capture: ActiveCapture | undefined, attempt: Attempt): boolean =>
  capture?.attempt === attempt && !capture.isStopping;

/** What the user has not been told yet: each code once, however many processes meet it. */
export function newProblems(before: ActiveCapture, after: ActiveCapture): readonly RecordedProblem[] {
  const known = new Set(before.problems.map(({ code }) => code));
  return after.problems.filter(({ code }) => !known.has(code) && known.add(code));
}

/** All that was recorded has ended by itself: time to save. */
export function hasEnded(capture: ActiveCapture): boolean {
  if (capture.id === undefined || capture.isStopping) return false;
  if (capture.progress?.hasEnded === true || capture.progress?.state === 'failed') return true;
  return capture.kind !== 'attach' && !capture.isLaunching && capture.sessions.length === 0;
}

/**
 * What to say of a recording without any process: `before` it was saved, and `after`. Undefined where the user knows:
 * has given up, or was told what went wrong.
 */
export function whyNothing(
  before: ActiveCapture,
  after: ActiveCapture,
  endedBy: 'program' | 'user',
): RecordedProblem | undefined {
  if (endedBy === 'user' || before.isExplained || before.problems.length > 0) return undefined;
  return after.problems[0] ?? new UserError('nothing-recorded', { name: after.name }).inEditor;
}
