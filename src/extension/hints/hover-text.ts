import { l10n } from 'vscode';
import type { SourcePlace } from '../../contracts/server.ts';
import type {
  FunctionHint,
  FunctionLink,
  HintAmount,
  LeakHint,
  OperationHint,
  RecordingView,
} from '../../contracts/views/recording.ts';
import type { Metric } from '../../contracts/profile-source.ts';
import { formatAge } from '../../format/age.ts';
import { formatCount } from '../../format/numbers.ts';
import {
  FOCUS_FUNCTION,
  HOTTEST_LINE,
  OPEN_LEAKS,
  OPEN_OPERATION,
  OPEN_PLACE,
  TOGGLE_HINTS,
} from '../commands.ts';
import type { FileState, ShownHint } from './hinted-document.ts';
import { commandLink, escapeMarkdown } from './markdown.ts';

/** Two-sided 95 % quantile of the normal distribution. */
const QUANTILE_95 = 1.96;

/** Commands that links of a hover run. */
export const HOVER_COMMANDS = [
  OPEN_PLACE,
  OPEN_LEAKS,
  OPEN_OPERATION,
  FOCUS_FUNCTION,
  TOGGLE_HINTS,
  HOTTEST_LINE,
];

/** What hints are of. */
type HintsOrigin = Pick<RecordingView, 'entry' | 'range'>;

/** What is known of a line, as Markdown without HTML. All names and texts in it are untrusted. */
export function hoverText(
  shown: ShownHint,
  view: HintsOrigin & Pick<RecordingView, 'metric'>,
  now: number,
  file: string,
): string {
  const { hint } = shown;
  const { metric } = view;
  const blocks = [
    ...hint.functions.flatMap(each => functionBlocks(each, metric, { file, line: hint.line })),
    ...(hint.self ? [`**${l10n.t('This line')}**\n\n${table(metric, [[l10n.t('Self'), hint.self]])}`] : []),
    ...operationBlocks(hint.operations ?? [], view.entry.id),
    ...(hint.leaks ?? []).map(leak => leakBlock(leak, view.entry)),
    ...(metric === 'cpu' ? [] : [INLINED]),
    ...warnings(shown),
    originText(view, now),
    `${commandLink(l10n.t('Hide hints'), TOGGLE_HINTS)} · ${commandLink(l10n.t('Go to hottest line'), HOTTEST_LINE)}`,
  ];
  return blocks.join('\n\n');
}

/** Name and age; what is of a stretch only says so. */
function originText({ entry, range }: HintsOrigin, now: number): string {
  const [name, age] = [entry.name, formatAge(entry.startedAt, now)].map(escapeMarkdown);
  return range
    ? l10n.t('{0}, only {1}, recorded {2}', name!, escapeMarkdown(range.text), age!)
    : l10n.t('{0}, recorded {1}', name!, age!);
}

function functionBlocks(
  { name, total, self, callers, callees }: FunctionHint,
  metric: Metric,
  place: SourcePlace,
): string[] {
  return [
    `**${escapeMarkdown(name)}**`,
    table(metric, [
      [l10n.t('Total'), total],
      [l10n.t('Self'), self],
    ]),
    ...links(l10n.t('Called by'), callers),
    ...links(l10n.t('Calls'), callees),
    commandLink(l10n.t('Show in flamegraph'), FOCUS_FUNCTION, { ...place, name }),
  ];
}

const MOST_OPERATIONS = 5;

/** The routes that are slow by this line; each opens its slowest operation. */
function operationBlocks(operations: readonly OperationHint[], id: string): string[] {
  if (operations.length === 0) return [];
  const heads = [l10n.t('Here'), l10n.t('CPU'), l10n.t('Waits'), 'p95'];
  return [
    [
      `| ${l10n.t('Slow operations')} |${heads.map(title => ` &nbsp;&nbsp;${title} |`).join('')}`,
      '|:--|--:|--:|--:|--:|',
      ...operations.slice(0, MOST_OPERATIONS).map(({ name, slowest, share, cpu = '', waits = '', p95 }) => {
        const label =
          slowest === undefined
            ? escapeMarkdown(name)
            : commandLink(name, OPEN_OPERATION, { id, key: slowest, name });
        return `| ${[label, ...[share, cpu, waits, p95].map(escapeMarkdown)].join(' | ')} |`;
      }),
    ].join('\n'),
  ];
}

/** What stays of what is allocated here; opens its report. */
function leakBlock({ key, growth, holder }: LeakHint, { id, name }: RecordingView['entry']): string {
  return [
    `**${escapeMarkdown(growth)}**`,
    ...(holder === '' ? [] : [l10n.t('Held by {0}', escapeMarkdown(holder))]),
    commandLink(l10n.t('Open leak report'), OPEN_LEAKS, { id, name, chosen: key }),
  ].join('\n\n');
}

const AMOUNTS: Readonly<Record<Metric, string>> = {
  cpu: l10n.t('CPU time'),
  allocated: l10n.t('Allocated'),
  live: l10n.t('Still held'),
};
/** What has to be known of a function's bytes. */
const INLINED = l10n.t('What an inlined function allocates counts for its caller.');

function table(metric: Metric, rows: readonly (readonly [string, HintAmount])[]): string {
  return [
    // Spaces that stay: an editor's table has no padding between its columns.
    `| |${[l10n.t('Share'), AMOUNTS[metric], l10n.t('Samples ± 95 %')].map(title => ` &nbsp;&nbsp;${title} |`).join('')}`,
    '|:--|--:|--:|--:|',
    ...rows.map(([title, amount]) => `| ${[title, ...cells(amount)].join(' | ')} |`),
  ].join('\n');
}

const cells = (hint: HintAmount): string[] => [
  escapeMarkdown(hint.share),
  escapeMarkdown(hint.amount),
  sampleText(hint),
];

/**
 * `1,240 ± 62`: samples of a place are binomially distributed, with the standard deviation √(k (1 − p)). Without p
 * (the share) the margin is that of a small one, which is the widest.
 */
function sampleText({ samples, ratio = 0 }: HintAmount): string {
  if (samples === undefined) return '';
  const margin = QUANTILE_95 * Math.sqrt(samples * (1 - Math.min(1, Math.max(0, ratio))));
  return `${formatCount(samples)} ± ${formatCount(Math.ceil(margin))}`;
}

function links(title: string, functions: readonly FunctionLink[]): string[] {
  if (functions.length === 0) return [];
  return [`${title} ${functions.map(functionLink).join(' · ')}`];
}

function functionLink({ name, share, place }: FunctionLink): string {
  const label = place ? commandLink(name, OPEN_PLACE, place) : escapeMarkdown(name);
  return `${label} ${escapeMarkdown(share)}`;
}

const FILE_WARNINGS: Readonly<Record<Exclude<FileState, 'recorded'>, string>> = {
  changed: l10n.t('The file has changed since the recording: its hints may stand at other lines.'),
  unknown: l10n.t('It is not known whether the file is as recorded: its hints may stand at other lines.'),
};

function warnings({ isEdited, fileState }: ShownHint): string[] {
  if (fileState !== 'recorded') return [FILE_WARNINGS[fileState]];
  return isEdited ? [l10n.t('This line was edited after the recording.')] : [];
}
