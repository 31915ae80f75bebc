import type { CollectionStatistics, PauseStatistics } from '../../../src/contracts/views/runtime.ts';
import { formatCount, significant } from '../../../src/format/numbers.ts';
import { KIND_LOOKS } from '../panels/heap.ts';
import type { ChartColour } from '../panels/panel.ts';
import type { Table } from '../panels/lane-table.ts';
import { Swatch } from './swatch.tsx';

interface KindRow {
  readonly name: string;
  readonly colour?: ChartColour;
  readonly numbers: readonly string[];
}

/** The body of the table of pauses: a row for each kind, and one for all if there are several. */
export function KindRows({
  title,
  statistics,
}: {
  readonly title?: string;
  readonly statistics: CollectionStatistics;
}) {
  return (
    <tbody>
      {title !== undefined && (
        <tr>
          <th scope="rowgroup" colSpan={7} class="group">
            {title}
          </th>
        </tr>
      )}
      {kindRows(statistics).map(({ name, colour, numbers }) => (
        <tr key={name} class={colour ? '' : 'sum'}>
          <th scope="row">
            {colour && <Swatch colour={colour} />}
            {name}
          </th>
          {numbers.map((number, index) => (
            <td key={index} class="number">
              {number}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

export const kindTable = (statistics: CollectionStatistics, title: string): Table => ({
  caption: `${title}: pauses by kind, in milliseconds`,
  columns: [
    { name: 'Kind', isNumber: false },
    ...['Count', 'Total', 'p50', 'p95', 'p99', 'Max'].map(name => ({ name, isNumber: true })),
  ],
  rows: kindRows(statistics).map(({ name, numbers }) => [name, ...numbers]),
});

function kindRows({ all, byKind }: CollectionStatistics): KindRow[] {
  const rows = byKind.map(({ kind, ...pauses }) => ({ ...KIND_LOOKS[kind], numbers: numbersOf(pauses) }));
  return rows.length === 1 ? rows : [...rows, { name: 'All collections', numbers: numbersOf(all) }];
}

function numbersOf(pauses: PauseStatistics): string[] {
  const { count, totalMilliseconds, p50Milliseconds, p95Milliseconds, p99Milliseconds, maxMilliseconds } =
    pauses;
  const times = [totalMilliseconds, p50Milliseconds, p95Milliseconds, p99Milliseconds, maxMilliseconds];
  return [formatCount(count), ...times.map(time => (count === 0 ? '–' : significant(time)))];
}
