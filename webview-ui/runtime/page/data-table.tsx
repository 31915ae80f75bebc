import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { laneTable } from '../panels/lane-table.ts';
import type { Lane, Series } from '../panels/panel.ts';

const MOST_ROWS = 200;

interface Props {
  readonly lane: Lane;
  readonly series: readonly Series[];
  readonly span: Span;
}

/** The numbers of a lane, in a box that scrolls. */
export function DataTable({ lane, series, span }: Props) {
  const { caption, columns, rows } = laneTable(lane, series, span, MOST_ROWS);
  return (
    <div class="scroll data" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="quiet">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" class={isNumber ? 'number' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={columns[column]?.isNumber ? 'number' : ''}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
