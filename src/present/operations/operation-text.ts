/** A kept operation as text, to be pasted into a report or a chat. */
import { milliseconds } from '../../contracts/units.ts';
import type { OperationRow, OperationView, RowItem } from '../../contracts/views/operation.ts';
import { formatCount, formatMilliseconds } from '../../format/numbers.ts';
import {
  callerHow,
  CERTAINTY_WORDS,
  itemCertainty,
  itemShare,
  itemTime,
  LIKE_OTHERS,
  OPERATION_WORDS,
  rowTitle,
} from '../../format/operation-words.ts';
import { plainText } from '../../format/untrusted.ts';
import { textTable } from '../table.ts';
import { clockText } from './route-nodes.ts';

const MOST_ITEMS = 10;

/** Lines end with \n. `shorten`: what is written of a file. */
export function operationText(view: OperationView, shorten: (file: string) => string): string {
  return [
    ...head(view),
    '',
    ...textTable(columns(view.rows.flatMap(row => rowLines(row, shorten)))),
    ...nestedLines(view),
    ...(view.notes.length > 0 ? ['', ...view.notes] : []),
    '',
  ].join('\n');
}

function head({
  name,
  detail,
  durationMilliseconds,
  status,
  startedAt,
  kind,
  route,
  position,
  summary,
}: OperationView): string[] {
  const facts = [
    time(durationMilliseconds),
    ...(status === undefined ? [] : [status]),
    ...(startedAt === undefined ? [] : [clockText(startedAt)]),
    ...(detail === undefined || name.endsWith(detail) ? [] : [detail]),
  ];
  const { rank, of } = position;
  const among = `${formatCount(route.count)} ${OPERATION_WORDS[kind]}, p50 ${route.p50}, p95 ${route.p95}; slowest but ${rank - 1} of ${formatCount(of)} kept`;
  return [
    plainText(`${name} · ${facts.join(' · ')}`, 600),
    among.replace('slowest but 0 of', 'the slowest of'),
    plainText(summary, 600),
  ];
}

const time = (value: number): string => formatMilliseconds(milliseconds(value));

interface Line {
  readonly title: string;
  readonly time: string;
  readonly share: string;
  readonly what: string;
}

function rowLines(row: OperationRow, shorten: (file: string) => string): Line[] {
  const { items } = row;
  const title = rowTitle(row);
  const sure = row.certainty === 'measured' ? '' : `(${CERTAINTY_WORDS[row.certainty]})`;
  const only = items.length === 1 ? itemText(items[0]!, row, shorten) : '';
  const others = items.length > 1 ? items.slice(0, MOST_ITEMS) : [];
  return [
    { ...numbersOf(row, row), title, what: [sure, only].filter(text => text !== '').join(' ') },
    ...others.map(item => ({ ...numbersOf(row, item), title: '', what: itemText(item, row, shorten) })),
    ...(items.length > MOST_ITEMS
      ? [
          {
            ...numbersOf(row, sumOf(items.slice(MOST_ITEMS))),
            title: '',
            what: `${formatCount(items.length - MOST_ITEMS)} more`,
          },
        ]
      : []),
  ];
}

type Numbers = Pick<RowItem, 'milliseconds' | 'share' | 'certainty'>;

const sumOf = (items: readonly RowItem[]): Numbers => ({
  milliseconds: items.reduce((sum, item) => sum + item.milliseconds, 0),
  share: items.reduce((sum, item) => sum + item.share, 0),
  certainty: 'measured',
});

const numbersOf = ({ kind }: OperationRow, numbers: Numbers): Pick<Line, 'time' | 'share'> => ({
  time: itemTime(kind, numbers),
  share: itemShare(kind, numbers),
});

function itemText(
  { place, text, count, caller, isLikeOthers, certainty }: RowItem,
  { kind }: OperationRow,
  shorten: (file: string) => string,
): string {
  return [
    ...(place ? [`${plainText(shorten(place.file))}:${place.line}`] : []),
    plainText(text, 400),
    ...(count > 1 && kind !== 'cpu' ? [`×${formatCount(count)}`] : []),
    ...(caller ? [`${callerHow(caller)} ${plainText(shorten(caller.file))}:${caller.line}`] : []),
    ...(isLikeOthers ? [`(${LIKE_OTHERS})`] : []),
    ...(kind === 'cpu' && certainty === 'bound' ? [`(${itemCertainty(kind, { certainty })})`] : []),
  ]
    .filter(part => part !== '')
    .join(' ');
}

const columns = (lines: readonly Line[]) =>
  [
    { cells: lines.map(({ title }) => title), align: 'left', head: '' },
    { cells: lines.map(line => line.time), align: 'right', head: '' },
    { cells: lines.map(({ share }) => share), align: 'right', head: '' },
    { cells: lines.map(({ what }) => what), align: 'left', head: '' },
  ] as const;

function nestedLines({ nested }: OperationView): string[] {
  if (nested.length === 0) return [];
  return [
    '',
    'Inside it:',
    ...nested.map(
      ({ name, depth, fromMilliseconds, milliseconds: length }) =>
        `  ${'  '.repeat(depth)}${name} ${time(length)}, from ${time(fromMilliseconds)}`,
    ),
  ];
}
