/** What is being recorded in this window: at most one thing at a time. Pure; the window's events come in as values. */
import type { BeginCapture, CaptureProgress } from '../../contracts/server.ts';

/** The one capture of the window; undefined when nothing is recorded. */
export interface ActiveCapture {
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
  readonly progress?: CaptureProgress;
}

export type CaptureEvent =
  | {
      readonly type: 'requested';
      readonly kind: BeginCapture['kind'];
      readonly name: string;
      readonly sessions?: readonly string[];
    }
  | { readonly type: 'begun'; readonly id: string; readonly name: string; readonly notes: readonly string[] }
  /** The command that launches has returned. */
  | { readonly type: 'launched' }
  | { readonly type: 'session-started'; readonly session: string }
  | { readonly type: 'session-ended'; readonly session: string }
  | { readonly type: 'progress'; readonly progress: CaptureProgress }
  | { readonly type: 'stopping' }
  /** Saved, given up, or lost with the server. */
  | { readonly type: 'over' };

/** The capture after an event. Late events, of a capture that is over, change nothing. */
export function nextCapture(
  capture: ActiveCapture | undefined,
  event: CaptureEvent,
): ActiveCapture | undefined {
  if (event.type === 'requested') return capture ?? requested(event);
  return !capture || event.type === 'over' ? undefined : { ...capture, ...changes(capture, event) };
}

type Change = Exclude<CaptureEvent, { readonly type: 'requested' | 'over' }>;

function changes({ id, sessions }: ActiveCapture, event: Change): Partial<ActiveCapture> {
  if (event.type === 'begun') return { id: event.id, name: event.name, notes: event.notes };
  if (event.type === 'launched') return { isLaunching: false };
  if (event.type === 'stopping') return { isStopping: true };
  if (event.type === 'progress') return event.progress.id === id ? { progress: event.progress } : {};
  if (event.type === 'session-started') return { sessions: [...sessions, event.session] };
  return { sessions: sessions.filter(session => session !== event.session) };
}

function requested(event: CaptureEvent & { readonly type: 'requested' }): ActiveCapture {
  return {
    kind: event.kind,
    name: event.name,
    isLaunching: event.kind === 'launch',
    isStopping: false,
    sessions: event.sessions ?? [],
    notes: [],
  };
}

/** All that was recorded has ended by itself: time to save. */
export function hasEnded(capture: ActiveCapture): boolean {
  if (capture.id === undefined || capture.isStopping) return false;
  if (capture.progress?.hasEnded === true || capture.progress?.state === 'failed') return true;
  return capture.kind !== 'attach' && !capture.isLaunching && capture.sessions.length === 0;
}

/** Nothing came of the launch: a task failed, a question was cancelled, no configuration was Node's. */
export const cameToNothing = (capture: ActiveCapture): boolean =>
  capture.id === undefined && !capture.isLaunching;
