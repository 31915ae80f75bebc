import type { RecordingEntry, RecordingView, SourcePlace } from '../../contracts/server.ts';
import type { Severity } from '../../contracts/finding.ts';
import type { Bytes } from '../../contracts/units.ts';
import { formatAge, formatElapsed } from '../../format/age.ts';
import { formatBytes, formatCount, formatShare } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Node, Section } from './nodes.ts';

/** How a node looks: plain text only, since names are untrusted. */
export interface NodeText {
  /** Unique in the view and the same after a refresh: by it VS Code keeps what is unfolded. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Codicon, and theme colour of it. */
  readonly icon?: string;
  readonly colour?: string;
  /** Words that menus test for. */
  readonly context?: string;
  readonly fold: 'none' | 'folded' | 'unfolded';
  /** A click opens it. */
  readonly place?: SourcePlace;
  /** What a screen reader says. */
  readonly spoken: string;
}

const SEVERITIES: Readonly<Record<Severity, { icon: string; colour: string; spoken: string }>> = {
  error: { icon: 'error', colour: 'problemsErrorIcon.foreground', spoken: 'Error' },
  warning: { icon: 'warning', colour: 'problemsWarningIcon.foreground', spoken: 'Warning' },
  info: { icon: 'info', colour: 'problemsInfoIcon.foreground', spoken: 'Information' },
};

const SECTIONS: Readonly<Record<Section, { title: string; icon: string }>> = {
  findings: { title: 'What we found', icon: 'lightbulb' },
  hotPaths: { title: 'Hot Paths', icon: 'flame' },
  problems: { title: 'Problems', icon: 'warning' },
  recordings: { title: 'Earlier recordings', icon: 'history' },
};

type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

const TEXTS: { readonly [Kind in Node['kind']]: (node: Of<Kind>, now: number) => NodeText } = {
  capture: captureText,
  open: ({ view }, now) => openText(view, now),
  'missing-folder': ({ folder }) => missingFolderText(folder),
  section: sectionText,
  finding: findingText,
  path: pathText,
  problem: problemText,
  note: noteText,
  entry: ({ entry }, now) => entryText(entry, now),
};

/** `now` in Unix milliseconds. */
export function nodeText(node: Node, now: number): NodeText {
  const text = TEXTS[node.kind] as (node: Node, now: number) => NodeText;
  return text(node, now);
}

function captureText({ progress, name }: Of<'capture'>): NodeText {
  const { id, state, elapsedMilliseconds, overheadShare, processes } = progress;
  const elapsed = formatElapsed(elapsedMilliseconds);
  const cost = overheadShare === undefined ? '' : ` · ${formatShare(overheadShare)}`;
  const doing = { waiting: 'waiting for the program', stopping: 'saving' }[state as string];
  const description = doing ?? `${elapsed}${cost}`;
  const label = plainText(name);
  return {
    id: `capture ${id}`,
    label,
    description,
    tooltip: [
      `${label}: ${doing ?? `recording for ${elapsed}`}`,
      processes === 1 ? '1 process' : `${formatCount(processes)} processes`,
      ...(overheadShare === undefined
        ? []
        : [`Slowcatch costs the program ${formatShare(overheadShare)} of its CPU time`]),
    ].join('\n'),
    icon: 'loading~spin',
    context: `capture ${state}`,
    fold: 'none',
    spoken: `${label}, ${doing ?? `recording for ${elapsed}`}`,
  };
}

function openText(view: RecordingView, now: number): NodeText {
  const { entry, summary } = view;
  const name = plainText(entry.name);
  const age = formatAge(entry.startedAt, now);
  return {
    id: `open ${entry.id}`,
    label: `${name} · ${plainText(summary)}`,
    description: age,
    tooltip: entryTooltip(entry, age),
    icon: 'flame',
    context: entryContext(entry, 'open'),
    fold: 'unfolded',
    spoken: `Open recording ${name}, ${plainText(summary)}, ${age}`,
  };
}

function missingFolderText(folder: string): NodeText {
  const path = plainText(folder);
  return {
    id: 'missing folder',
    label: 'Where are its files?',
    description: path,
    tooltip: `The files of this recording were in ${path}, which is not here. Choose the folder that holds them now.`,
    icon: 'folder-opened',
    colour: 'problemsWarningIcon.foreground',
    context: 'missing-folder',
    fold: 'none',
    spoken: `The files of this recording were in ${path}. Choose where they are now.`,
  };
}

function sectionText({ section, view }: Of<'section'>): NodeText {
  const { icon } = SECTIONS[section];
  const title = section === 'recordings' && !view ? 'Recordings' : SECTIONS[section].title;
  const isFolded = section === 'hotPaths' || section === 'problems' || (section === 'recordings' && view);
  return {
    id: `section ${section} ${view?.entry.id ?? ''}`,
    label: title,
    icon,
    fold: isFolded ? 'folded' : 'unfolded',
    spoken: title,
  };
}

function findingText({ finding, id }: Of<'finding'>): NodeText {
  const { severity, message, advice, place } = finding;
  const { icon, colour, spoken } = SEVERITIES[severity];
  const label = plainText(message);
  return {
    id,
    label,
    tooltip: `${label}\n\n${plainText(advice)}`,
    icon,
    colour,
    fold: 'none',
    spoken: `${spoken}: ${label}${place ? `, ${placeText(place)}` : ''}`,
    ...(place ? { place, description: placeText(place) } : {}),
  };
}

function pathText({ path, recording }: Of<'path'>): NodeText {
  const { name, share, time, samples, place, chain, hasCallers } = path;
  const label = plainText(name);
  const isCaller = chain.length > 1;
  const times = `${plainText(share)} · ${plainText(time)}`;
  return {
    id: `path ${recording} ${chain.join(' ')}`,
    label,
    description: times,
    tooltip: [
      `${label}${place ? `\n${plainText(place.file)}:${place.line}` : ''}`,
      isCaller ? `${times} in the function above, called through here` : `${times} in the function itself`,
      ...(samples === undefined ? [] : [`${formatCount(samples)} samples`]),
    ].join('\n'),
    icon: isCaller ? 'call-incoming' : 'symbol-method',
    fold: hasCallers ? 'folded' : 'none',
    spoken: `${isCaller ? 'called by ' : ''}${label}, ${plainText(share)} of the CPU time, ${plainText(time)}`,
    ...(place ? { place } : {}),
  };
}

function noteText({ text, id }: Of<'note'>): NodeText {
  const label = plainText(text);
  return { id, label, tooltip: label, fold: 'none', spoken: label };
}

function problemText({ problem, id }: Of<'problem'>): NodeText {
  const label = plainText(problem.message);
  return {
    id,
    label,
    tooltip: `${label}\n\n${plainText(problem.advice)}`,
    icon: 'warning',
    colour: 'problemsWarningIcon.foreground',
    fold: 'none',
    spoken: `Problem: ${label} ${plainText(problem.advice)}`,
  };
}

function entryText(entry: RecordingEntry, now: number): NodeText {
  const name = plainText(entry.name);
  const age = formatAge(entry.startedAt, now);
  const parts = [age, ...durationParts(entry), ...(entry.state === 'saved' ? [] : ['not closed'])];
  return {
    id: `entry ${entry.id}`,
    label: name,
    description: parts.join(' · '),
    tooltip: entryTooltip(entry, age),
    icon: entry.isPinned ? 'pinned' : 'archive',
    context: entryContext(entry, 'closed'),
    fold: 'none',
    spoken: `Recording ${name}, ${parts.join(', ')}${entry.isPinned ? ', pinned' : ''}`,
  };
}

const durationParts = ({ durationMilliseconds }: RecordingEntry): string[] =>
  durationMilliseconds === undefined ? [] : [`${formatElapsed(durationMilliseconds)} long`];

function entryTooltip(entry: RecordingEntry, age: string): string {
  return [
    plainText(entry.name),
    `Recorded ${age} (${plainText(entry.startedAt)})`,
    ...durationParts(entry),
    ...(entry.state === 'unfinished'
      ? ['Its recorder was ended before it was closed; what is on disk can be opened.']
      : []),
    ...(entry.isPinned ? ['Pinned: it is not removed when recordings grow old.'] : []),
    `${formatBytes(entry.bytes as Bytes)} in ${plainText(entry.folder)}`,
  ].join('\n');
}

const entryContext = ({ isPinned }: RecordingEntry, state: 'open' | 'closed'): string =>
  `recording ${state} ${isPinned ? 'pinned' : 'loose'}`;

/** `rank.ts:11`. */
function placeText({ file, line }: SourcePlace): string {
  return `${plainText(file.split(/[\\/]/).at(-1) ?? file)}:${line}`;
}
