import { l10n } from 'vscode';
import type { RecordingView } from '../../contracts/views/recording.ts';
import { plainText } from '../../format/untrusted.ts';
import { findingText, pathText, problemText } from './finding-text.ts';
import type { Node, Section } from './nodes.ts';
import { metricWords } from '../hints/metric-words.ts';
import { memoryText, verdictText } from './memory-text.ts';
import { operationText, operationsText, routeText } from './operation-text.ts';
import { captureText, entryText, openText } from './recording-text.ts';
import type { NodeText } from './row.ts';

const SECTIONS: Readonly<Record<Section, { title: string; icon: string }>> = {
  breakdown: { title: l10n.t('Where the time went'), icon: 'pie-chart' },
  findings: { title: l10n.t('What we found'), icon: 'lightbulb' },
  hotPaths: { title: l10n.t('Hot Paths'), icon: 'flame' },
  problems: { title: l10n.t('Problems'), icon: 'warning' },
  recordings: { title: l10n.t('Earlier recordings'), icon: 'history' },
};

type Of<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

const TEXTS: { readonly [Kind in Node['kind']]: (node: Of<Kind>, now: number) => NodeText } = {
  capture: captureText,
  open: ({ view }, now) => openText(view, now),
  range: rangeText,
  'missing-folder': ({ folder }) => missingFolderText(folder),
  metric: metricText,
  'hints-hidden': hintsHiddenText,
  runtime: runtimeText,
  memory: memoryText,
  verdict: verdictText,
  operations: operationsText,
  route: routeText,
  operation: operationText,
  section: sectionText,
  finding: findingText,
  path: pathText,
  problem: problemText,
  note: noteText,
  entry: entryText,
};

/** `now` in Unix milliseconds. */
export function nodeText(node: Node, now: number): NodeText {
  const text = TEXTS[node.kind] as (node: Node, now: number) => NodeText;
  return text(node, now);
}

function runtimeText({ id, summary }: Of<'runtime'>): NodeText {
  const said = plainText(summary);
  return {
    id: `runtime ${id}`,
    label: l10n.t('GC and runtime'),
    description: said,
    tooltip: `${said}\n${l10n.t('Garbage collections, event loop, CPU and memory over time')}`,
    icon: 'pulse',
    context: 'runtime',
    fold: 'none',
    spoken: l10n.t('GC and runtime: {0}', said),
  };
}

function missingFolderText(folder: string): NodeText {
  const path = plainText(folder);
  return {
    id: 'missing folder',
    label: l10n.t('Where are its files?'),
    description: path,
    tooltip: l10n.t(
      'The files of this recording were in {0}, which is not here. Choose the folder that holds them now.',
      path,
    ),
    icon: 'folder-opened',
    colour: 'problemsWarningIcon.foreground',
    context: 'missing-folder',
    fold: 'none',
    spoken: l10n.t('The files of this recording were in {0}. Choose where they are now.', path),
  };
}

function rangeText({ range }: Of<'range'>): NodeText {
  const text = plainText(range.text);
  return {
    id: 'range',
    label: text,
    description: l10n.t('Show all'),
    tooltip: l10n.t('All here, and the hints, are of {0}. Click to show the whole recording.', text),
    icon: 'list-selection',
    context: 'range',
    fold: 'none',
    spoken: l10n.t('Only {0} is shown. Show the whole recording', text),
  };
}

function metricText({ metric, total }: Of<'metric'>): NodeText {
  const { title, detail } = metricWords(metric);
  const amount = plainText(total);
  return {
    id: 'metric',
    label: title,
    description: `${amount} · ${l10n.t('in hints and Hot Paths')}`,
    tooltip: l10n.t('{0}: {1} in all. Click to show something else.', detail, amount),
    icon: 'symbol-ruler',
    context: 'metric',
    fold: 'none',
    spoken: l10n.t('Hints and Hot Paths are of {0}, {1}. Choose another', title, amount),
  };
}

function hintsHiddenText(): NodeText {
  return {
    id: 'hints hidden',
    label: l10n.t('Hints are hidden'),
    description: l10n.t('Show'),
    tooltip: l10n.t(
      'Lines show nothing behind them although a recording is open. Click to show what they cost.',
    ),
    icon: 'eye-closed',
    fold: 'none',
    spoken: l10n.t('Hints are hidden. Show them'),
  };
}

function sectionText({ section, view }: Of<'section'>): NodeText {
  const { icon, title } = SECTIONS[section];
  const isFolded = view && section !== 'findings';
  const label = labelOf(section, view) ?? title;
  return {
    id: `section ${section} ${view?.entry.id ?? ''}`,
    label,
    tooltip: label === title ? label : `${title}: ${label}`,
    icon,
    fold: isFolded ? 'folded' : 'unfolded',
    spoken: label === title ? label : `${title}: ${label}`,
  };
}

function labelOf(section: Section, view: RecordingView | undefined): string | undefined {
  if (section === 'breakdown') return view && plainText(view.breakdown.busy);
  return section === 'recordings' && !view ? l10n.t('Recordings') : undefined;
}

function noteText({ text, detail, id }: Of<'note'>): NodeText {
  const parts = [text, ...(detail === undefined ? [] : [detail])].map(part => plainText(part));
  const [label = '', description] = parts;
  return {
    id,
    label,
    ...(description === undefined ? {} : { description }),
    tooltip: parts.join('\n'),
    fold: 'none',
    spoken: parts.join(', '),
  };
}
