/** What the status bar says of a capture. Pure. */
import { l10n } from 'vscode';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import { formatAge, formatElapsed } from '../../format/age.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
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
  text: `$(flame) ${l10n.t('Profile')}`,
  tooltip: [
    l10n.t('Profile the configuration selected in Run and Debug'),
    l10n.t('Keyboard: F1, “Slowcatch: Profile Current Launch Configuration”'),
  ].join('\n'),
  label: l10n.t('Profile the current launch configuration'),
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
      `${l10n.t('Recording {0} for {1}', capture.name, elapsed)} · ${processesText(progress.processes)}`,
      cost === undefined
        ? l10n.t('Slowcatch’s own cost is shown once the program has burnt a second of CPU time')
        : l10n.t('Slowcatch itself takes {0} of the program’s CPU time, its start left out', cost),
      ...capture.notes,
      capture.kind === 'launch'
        ? l10n.t('Click to stop the program and see the result')
        : l10n.t('Click to stop recording and see the result'),
    ].join('\n'),
    label: l10n.t('Recording {0}, {1}. Stop and see the result', capture.name, elapsed),
    command: 'slowcatch.stop',
  };
}

const openLine = ({ name, startedAt }: RecordingEntry, now: number): string =>
  l10n.t('Open recording: {0}, {1}', plainText(name), formatAge(startedAt, now));

function starting({ name, id, notes }: ActiveCapture): StatusText {
  const what =
    id === undefined
      ? l10n.t('Starting {0}', name)
      : l10n.t('Waiting for the first Node.js process of {0}', name);
  return {
    text: `$(loading~spin) ${l10n.t('Starting…')}`,
    tooltip: [what, ...notes, l10n.t('Click to give up')].join('\n'),
    label: l10n.t('{0}. Give up', what),
    command: 'slowcatch.stop',
  };
}

function saving({ name }: ActiveCapture): StatusText {
  const label = l10n.t('Saving the recording of {0}', name);
  return { text: `$(loading~spin) ${l10n.t('Saving…')}`, tooltip: label, label, command: undefined };
}

/** `1 process`, `12 processes`. */
export const processesText = (count: number): string =>
  count === 1 ? l10n.t('1 process') : l10n.t('{0} processes', formatCount(count));
