/** What is known of a bar, in words. */
import type { OperationBar, OperationRow, RowItem } from '../../../src/contracts/views/operation.ts';
import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { milliseconds } from '../../../src/contracts/units.ts';
import { formatMilliseconds, formatShare } from '../../../src/format/numbers.ts';
import { CERTAINTY_WORDS, rowTitle } from '../../../src/format/operation-words.ts';
import { plainText } from '../../../src/format/untrusted.ts';

const LONGEST = 600;

export const timeText = (time: number): string => formatMilliseconds(milliseconds(time));

export const itemOf = (row: OperationRow, { item }: OperationBar): RowItem | undefined =>
  item === undefined ? undefined : row.items[item];

/** `orders.ts:22`. */
export const placeText = ({ file, line }: SourcePlace): string =>
  `${plainText(file.replace(/^.*[\\/]/, ''))}:${line}`;

export const untrusted = (text: string): string => plainText(text, LONGEST);

interface BarWords {
  /** `Query · 49.0 ms · 12 %`. */
  readonly title: string;
  /** `from 241 ms to 290 ms`, and how sure that is. */
  readonly when: string;
  /** Statement, place, library: what there is. */
  readonly what: readonly string[];
  readonly overlaps: readonly string[];
}

export function barWords(row: OperationRow, bar: OperationBar, duration: number): BarWords {
  const { fromMilliseconds: from, milliseconds: length, certainty } = bar;
  const item = itemOf(row, bar);
  const share = formatShare(duration > 0 ? length / duration : 0);
  const sure = certainty === 'measured' ? [] : [CERTAINTY_WORDS[certainty]];
  return {
    title: [rowTitle(row), timeText(length), share].join(' · '),
    when: [`from ${timeText(from)} to ${timeText(from + length)}`, ...sure].join(' · '),
    what: [
      ...(item && item.text !== '' ? [untrusted(item.text)] : []),
      [
        ...(item?.place ? [placeText(item.place)] : []),
        ...(item?.library === undefined ? [] : [untrusted(item.library)]),
      ].join(' · '),
    ].filter(text => text !== ''),
    overlaps: bar.overlaps.map(untrusted),
  };
}

/** All of it for a screen reader. */
export function spokenBar(row: OperationRow, bar: OperationBar, duration: number): string {
  const { title, when, what, overlaps } = barWords(row, bar, duration);
  return [
    title,
    when,
    ...what,
    ...(overlaps.length > 0 ? [`at the same time ${overlaps.join(', ')}`] : []),
  ].join(', ');
}
