/** One column: its head, its cells, and on which side they line up. */
export interface TableColumn {
  readonly head: string;
  readonly cells: readonly string[];
  readonly align: 'left' | 'right';
}

/** Rows of aligned text, the heads first unless all are empty; no trailing spaces. */
export function textTable(columns: readonly TableColumn[], indent = '  '): string[] {
  const widths = columns.map(({ head, cells }) => Math.max(width(head), ...cells.map(width)));
  const row = (texts: readonly string[]): string =>
    indent +
    texts
      .map((text, column) => pad(text, widths[column] ?? 0, columns[column]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  const count = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const rows = Array.from({ length: count }, (_, index) =>
    row(columns.map(({ cells }) => cells[index] ?? '')),
  );
  const heads = columns.map(({ head }) => head);
  return heads.some(head => head !== '') ? [row(heads), ...rows] : rows;
}

/** Characters, not UTF-16 units; wide characters of East Asia count two. */
const width = (text: string): number =>
  [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1),
    0,
  );

function pad(text: string, wanted: number, align: TableColumn['align']): string {
  const space = ' '.repeat(Math.max(0, wanted - width(text)));
  return align === 'left' ? text + space : space + text;
}
