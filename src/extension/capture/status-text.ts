/** What the status bar says of a capture. Pure. */
import type { RecordingEntry } from '../../contracts/server.ts';
import { formatAge, formatElapsed } from '../../format/age.ts';
import { formatShare } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { ActiveCapture } from './capture-state.ts';

export interface StatusText {
  /** With `$(icon)`. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers: the text without icons. */
  readonly label: string;
  /** What a click does. */
  readonly command: 'slowcatch.profileCurrent' | 'slowcatch.stop' | undefined;
}

const IDLE: StatusText = {
  text: '$(flame) Profile',
  tooltip:
    'Profile the configuration selected in Run and Debug\nKeyboard: F1, “Slowcatch: Profile Current Launch Configuration”',
  label: 'Profile the current launch configuration',
  command: 'slowcatch.profileCurrent',
};

/** Idle (with the recording that is open), starting, recording (`0:12 · 1.8 %`: elapsed, own cost) or saving. */
export function statusText(
  capture: ActiveCapture | undefined,
  open?: { readonly entry: RecordingEntry; readonly now: number },
): StatusText {
  if (!capture)
    return open ? { ...IDLE, tooltip: `${openLine(open.entry, open.now)}\n${IDLE.tooltip}` } : IDLE;
  if (capture.isStopping) return saving(capture);
  const { progress } = capture;
  if (!progress || progress.processes === 0) return starting(capture);
  const elapsed = formatElapsed(progress.elapsedMilliseconds);
  const { overheadShare } = progress;
  const cost = overheadShare === undefined ? undefined : formatShare(overheadShare);
  return {
    text: `$(record) ${cost === undefined ? elapsed : `${elapsed} · ${cost}`}`,
    tooltip: [
      `Recording ${capture.name} for ${elapsed} · ${processes(progress.processes)}`,
      cost === undefined
        ? 'Slowcatch’s own cost is being measured'
        : `Slowcatch itself takes ${cost} of the program’s CPU time`,
      ...capture.notes,
      `Click to ${capture.kind === 'launch' ? 'stop the program and' : 'stop recording and'} see the result`,
    ].join('\n'),
    label: `Recording ${capture.name}, ${elapsed}. Stop and see the result`,
    command: 'slowcatch.stop',
  };
}

const openLine = ({ name, startedAt }: RecordingEntry, now: number): string =>
  `Open recording: ${plainText(name)}, ${formatAge(startedAt, now)}`;

function starting({ name, id, notes }: ActiveCapture): StatusText {
  const what = id === undefined ? `Starting ${name}` : `Waiting for the first Node.js process of ${name}`;
  return {
    text: '$(loading~spin) Starting…',
    tooltip: [what, ...notes, 'Click to give up'].join('\n'),
    label: `${what}. Give up`,
    command: 'slowcatch.stop',
  };
}

function saving({ name }: ActiveCapture): StatusText {
  const label = `Saving the recording of ${name}`;
  return { text: '$(loading~spin) Saving…', tooltip: label, label, command: undefined };
}

const processes = (count: number): string => (count === 1 ? '1 process' : `${count} processes`);
