/** The rows that are unfolded, as a text with columns. */
import type { HeapSummary } from '../../src/contracts/heap-rows.ts';
import { formatCount, formatShare } from '../../src/format/numbers.ts';
import type { Line } from './tree.ts';
import { summaryText } from './summary-text.ts';
import { placeText, rowText, sizeText, untrusted } from './words.ts';

const HEAD = ['', 'objects', 'self', 'retained', '', ''];

export function asText(lines: readonly Line[], summary: HeapSummary): string {
  const cells = [HEAD, ...lines.flatMap(line => (line.kind === 'row' ? [cellsOf(line, summary)] : []))];
  const widths = HEAD.map((_, column) =>
    cells.reduce((width, row) => Math.max(width, row[column]!.length), 0),
  );
  const rows = cells.map(row =>
    row
      .map((cell, column) =>
        isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${untrusted(summary.name)}: ${summaryText(summary)}\n\n${rows.join('\n')}\n`;
}

const isNumber = (column: number): boolean => column > 0 && column < 5;

function cellsOf({ row, level }: Extract<Line, { kind: 'row' }>, { totalBytes }: HeapSummary): string[] {
  return [
    `${'  '.repeat(level - 1)}${rowText(row)}${row.id === undefined ? '' : ` @${row.id}`}`,
    row.count === undefined ? '' : formatCount(row.count),
    sizeText(row.selfBytes),
    sizeText(row.retainedBytes),
    formatShare(totalBytes > 0 ? row.retainedBytes / totalBytes : 0),
    row.place ? placeText(row.place) : '',
  ];
}
