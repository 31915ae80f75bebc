/** Recordings, and those that are being made, as rows of the view. Pure. */
import { l10n } from 'vscode';
import type { CaptureProgress } from '../../contracts/server.ts';
import type { RecordingView } from '../../contracts/views/recording.ts';
import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import type { Bytes } from '../../contracts/units.ts';
import { formatAge, formatElapsed, formatSpan } from '../../format/age.ts';
import { formatBytes, formatShare } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { processesText } from '../capture/status-text.ts';
import type { Node } from './nodes.ts';
import { cutName, labelRoom, type NodeText, ROOM } from './row.ts';

type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

const DOING: Readonly<Partial<Record<CaptureProgress['state'], string>>> = {
  waiting: l10n.t('waiting for the program'),
  stopping: l10n.t('saving'),
};

export function captureText({ progress, name, runtime, operations }: Of<'capture'>): NodeText {
  const { id, state, elapsedMilliseconds, overheadShare, processes } = progress;
  const elapsed = formatElapsed(elapsedMilliseconds);
  const cost = overheadShare === undefined ? '' : ` · ${formatShare(overheadShare)}`;
  const doing = DOING[state];
  const label = plainText(name);
  const description = doing ?? `${elapsed}${cost}`;
  const isMeasured = runtime !== undefined || operations !== undefined;
  const said = doing ?? l10n.t('recording for {0}', elapsed);
  return {
    // What unfolds later is another row: VS Code keeps one folded that could not be unfolded.
    id: ['capture', id, ...(isMeasured ? ['measured'] : [])].join(' '),
    label: cutName(name, labelRoom(ROOM.open, description)),
    description,
    tooltip: [
      `${label}: ${said}`,
      processesText(processes),
      ...(overheadShare === undefined
        ? []
        : [
            l10n.t(
              'Slowcatch costs the program {0} of its CPU time, its start left out',
              formatShare(overheadShare),
            ),
          ]),
    ].join('\n'),
    icon: 'loading~spin',
    context: `capture ${state}`,
    fold: isMeasured ? 'unfolded' : 'none',
    spoken: `${label}, ${said}`,
  };
}

/** Name and age first: they are seen at any width. */
export function openText(view: RecordingView, now: number): NodeText {
  const { entry, summary } = view;
  const age = formatAge(entry.startedAt, now);
  return {
    id: `open ${entry.id}`,
    label: cutName(entry.name, labelRoom(ROOM.open, age)),
    description: `${age} · ${plainText(summary)}`,
    tooltip: [entryTooltip(entry, age), plainText(summary)].join('\n'),
    icon: 'flame',
    context: entryContext(entry, 'open'),
    fold: 'unfolded',
    spoken: l10n.t('Open recording {0}, {1}, {2}', plainText(entry.name), age, plainText(summary)),
  };
}

export function entryText({ entry, folder }: Of<'entry'>, now: number): NodeText {
  const { id, name, state, isPinned } = entry;
  const age = formatAge(entry.startedAt, now);
  const where = folder === undefined ? [] : [cutName(folder, LONGEST_FOLDER)];
  const first = [...where, state === 'recording' ? l10n.t('being recorded') : age];
  const rest = [...durationParts(entry), ...(state === 'unfinished' ? [l10n.t('interrupted')] : [])];
  return {
    id: `entry ${id}`,
    label: cutName(name, labelRoom(ROOM.entry, first.join(' · '), LEAST_NAME)),
    description: [...first, ...rest].join(' · '),
    tooltip: entryTooltip(entry, age),
    icon: iconOf(entry),
    context: entryContext(entry, 'closed'),
    fold: 'none',
    spoken: [
      l10n.t('Recording {0}', plainText(name)),
      ...[...first, ...rest],
      ...(isPinned ? [l10n.t('pinned')] : []),
    ].join(', '),
  };
}

const LONGEST_FOLDER = 12;
/** `Launch Program`, VS Code's own name for a configuration, is seen whole. */
const LEAST_NAME = 14;

function iconOf({ state, isPinned }: RecordingEntry): string {
  if (state === 'recording') return 'record';
  return isPinned ? 'pinned' : 'archive';
}

const durationParts = ({ durationMilliseconds }: RecordingEntry): string[] =>
  durationMilliseconds === undefined ? [] : [l10n.t('{0} long', formatSpan(durationMilliseconds))];

const STATES: Readonly<Record<RecordingEntry['state'], readonly string[]>> = {
  saved: [],
  recording: [l10n.t('It is still being recorded, by another window; what is there so far can be opened.')],
  unfinished: [l10n.t('Its recorder was ended before it was closed; what is on disk can be opened.')],
  file: [l10n.t('A profile file, opened in an editor.')],
};

function entryTooltip(entry: RecordingEntry, age: string): string {
  return [
    plainText(entry.name),
    ...(entry.cwd === '' ? [] : [l10n.t('In {0}', plainText(entry.cwd))]),
    l10n.t('Recorded {0}', [`${age}${dateText(entry.startedAt)}`, ...durationParts(entry)].join(', ')),
    ...STATES[entry.state],
    ...(entry.isPinned ? [l10n.t('Pinned: it is not removed when recordings grow old.')] : []),
    l10n.t('{0} on disk', formatBytes(entry.bytes as Bytes)),
  ].join('\n');
}

/** ` (23 Nov 2026, 10:00)` in the user's time; empty for what is no date. */
function dateText(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return ` (${date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })})`;
}

const FILE_CONTEXTS = { open: 'open-file', closed: 'closed-file' } as const;

const entryContext = ({ isPinned, state }: RecordingEntry, view: 'open' | 'closed'): string =>
  state === 'file' ? FILE_CONTEXTS[view] : `recording ${view} ${isPinned ? 'pinned' : 'loose'} ${state}`;
