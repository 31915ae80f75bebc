import type { RecordingView } from '../../contracts/server.ts';
import { plainText } from '../../format/untrusted.ts';
import { findingText, pathText, problemText } from './finding-text.ts';
import type { Node, Section } from './nodes.ts';
import { captureText, entryText, openText } from './recording-text.ts';
import type { NodeText } from './row.ts';

const SECTIONS: Readonly<Record<Section, { title: string; icon: string }>> = {
  breakdown: { title: 'Where the time went', icon: 'pie-chart' },
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
  'hints-hidden': hintsHiddenText,
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

function hintsHiddenText(): NodeText {
  return {
    id: 'hints hidden',
    label: 'Hints are hidden',
    description: 'Show',
    tooltip: 'Lines show nothing behind them although a recording is open. Click to show what they cost.',
    icon: 'eye-closed',
    fold: 'none',
    spoken: 'Hints are hidden. Show them',
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
  return section === 'recordings' && !view ? 'Recordings' : undefined;
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
