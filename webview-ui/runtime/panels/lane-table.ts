/** What a lane shows as a table, for the page and for a text document. Pure. */
import { firstAtOrAfter, type Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { formatCount } from '../../../src/format/numbers.ts';
import { formatMoment } from '../../time-axis.ts';
import type { Lane, Series } from './panel.ts';
import { unitText } from './unit-text.ts';

export interface Table {
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** At most `most` rows of the span; the caption says what was left out, or put together. */
export function laneTable(lane: Lane, series: readonly Series[], span: Span, most: number): Table {
  return lane.style === 'ticks' ? eventTable(lane, series, span, most) : valueTable(lane, series, span, most);
}

/** The highest events, in the order of time. */
function eventTable({ title, unit }: Lane, series: readonly Series[], span: Span, most: number): Table {
  const all = series.flatMap(each => rowsWithin(each.at, span).map(row => ({ each, row })));
  const height = ({ each, row }: (typeof all)[number]): number => each.values[row] ?? 0;
  const kept = all.length > most ? all.toSorted((a, b) => height(b) - height(a)).slice(0, most) : all;
  const details = series[0]?.details ?? [];
  return {
    caption:
      all.length > most ? `${title}: the longest ${formatCount(most)} of ${formatCount(all.length)}` : title,
    columns: [
      ...[number('Time'), { name: 'Kind', isNumber: false }, number('Pause')],
      ...details.map(({ name, isNumber }) => ({ name, isNumber })),
    ],
    rows: kept
      .toSorted((a, b) => (a.each.at[a.row] ?? 0) - (b.each.at[b.row] ?? 0))
      .map(({ each, row }) => [
        ...[formatMoment(each.at[row] ?? 0, span), each.name, unitText(unit, each.values[row])],
        ...(each.details ?? []).map(({ text }) => text(row)),
      ]),
  };
}

/** All series side by side: those of a lane of samples have the same times. */
function valueTable({ title, unit }: Lane, series: readonly Series[], span: Span, most: number): Table {
  const at = series[0]?.at ?? [];
  const first = firstAtOrAfter(at, span.from);
  const count = firstAtOrAfter(at, span.to + 1e-6) - first;
  const group = Math.max(1, Math.ceil(count / most));
  const groups = Array.from({ length: Math.ceil(count / group) }, (_, index) => first + index * group);
  return {
    caption: group === 1 ? title : `${title}: the highest of ${formatCount(group)} measurements each`,
    columns: [number('Time'), ...series.map(({ name }) => number(name))],
    rows: groups.map(start => [
      formatMoment(at[start] ?? 0, span),
      ...series.map(({ values }) =>
        unitText(unit, highest(values, start, Math.min(start + group, first + count))),
      ),
    ]),
  };
}

const number = (name: string) => ({ name, isNumber: true });

function rowsWithin(at: readonly number[], { from, to }: Span): number[] {
  const first = firstAtOrAfter(at, from);
  const end = firstAtOrAfter(at, to + 1e-6);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

/** Of the rows from `first` up to, not including, `end`; null when none of them is known. */
export function highest(values: readonly (number | null)[], first: number, end: number): number | null {
  let found: number | null = null;
  for (let row = first; row < end; row++) {
    const value = values[row];
    if (value != null && (found === null || value > found)) found = value;
  }
  return found;
}

/** Columns aligned with spaces, numbers to the right. */
export function tableText({ caption, columns, rows }: Table): string {
  const widths = columns.map(({ name }, index) =>
    rows.reduce((widest, row) => Math.max(widest, row[index]?.length ?? 0), name.length),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.isNumber ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [caption, '', line(columns.map(({ name }) => name)), ...rows.map(line), ''].join('\n');
}
