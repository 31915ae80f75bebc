/** The functions of a flamegraph as a table: to be read, sorted, searched and heard. */
import { useMemo, useState } from 'preact/hooks';
import type {
  FlameKept,
  FunctionLabel,
  FunctionRow,
  FunctionTable,
} from '../../src/contracts/views/flame.ts';
import { bytes, microseconds } from '../../src/contracts/units.ts';
import { formatBytes, formatCount, formatShare, formatTime } from '../../src/format/numbers.ts';

type Sort = FlameKept['sort'];

interface TableProps {
  readonly table: FunctionTable;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onOpen: (index: number) => void;
  readonly onFocus: (index: number) => void;
}

export function Table({ table, sort, onSort, onOpen, onFocus }: TableProps) {
  const [filter, setFilter] = useState('');
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => sorted(table.rows, sort), [table, sort]);
  const wanted = filter.trim().toLowerCase();
  const shown = rows.filter(({ name, place }) => `${name} ${place}`.toLowerCase().includes(wanted));
  const toggle = (index: number): void => {
    const next = new Set(unfolded);
    if (!next.delete(index)) next.add(index);
    setUnfolded(next);
  };
  return (
    <div class="table">
      <div class="filter">
        <input
          type="search"
          placeholder="Filter by name or file"
          aria-label="Filter functions by name or file"
          value={filter}
          onInput={event => setFilter(event.currentTarget.value)}
        />
        <span class="quiet" role="status">
          {countText(shown.length, table)}
        </span>
      </div>
      <table aria-label="Functions with their self and total weight">
        <thead>
          <tr>
            <Head column="self" title="Self" span={2} {...{ sort, onSort }} />
            <Head column="total" title="Total" span={2} {...{ sort, onSort }} />
            <Head column="name" title="Function" {...{ sort, onSort }} />
            <Head column="place" title="Place" {...{ sort, onSort }} />
          </tr>
        </thead>
        <tbody>
          {shown.map(row => (
            <Row
              key={row.index}
              {...{ row, table, onOpen, onFocus }}
              isUnfolded={unfolded.has(row.index)}
              onToggle={() => toggle(row.index)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  readonly column: Sort;
  readonly title: string;
  readonly span?: number;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function Head({ column, title, span = 1, sort, onSort }: HeadProps) {
  const isNumber = column === 'self' || column === 'total';
  const isSorted = sort === column;
  return (
    <th
      scope="col"
      colSpan={span}
      class={isNumber ? 'number' : ''}
      aria-sort={isSorted ? (isNumber ? 'descending' : 'ascending') : 'none'}
    >
      <button class="head" onClick={() => onSort(column)}>
        {title}
        <span aria-hidden="true">{isSorted ? (isNumber ? ' ▾' : ' ▴') : ''}</span>
      </button>
    </th>
  );
}

interface RowProps {
  readonly row: FunctionRow;
  readonly table: FunctionTable;
  readonly isUnfolded: boolean;
  readonly onToggle: () => void;
  readonly onOpen: (index: number) => void;
  readonly onFocus: (index: number) => void;
}

function Row({ row, table, isUnfolded, onToggle, onOpen, onFocus }: RowProps) {
  const { self, total, name, callers, index } = row;
  return (
    <>
      <tr>
        <td class="number">{weightText(self, table)}</td>
        <td class="number share">
          <Share value={self / table.total} />
        </td>
        <td class="number">{weightText(total, table)}</td>
        <td class="number share">
          <Share value={total / table.total} />
        </td>
        <th scope="row" class="name">
          <button
            class="fold"
            aria-expanded={isUnfolded}
            aria-label={`Callers of ${name}`}
            disabled={callers.length === 0}
            onClick={onToggle}
          >
            {callers.length === 0 ? '' : isUnfolded ? '▾' : '▸'}
          </button>
          <button class="link" title="Show with its callers and callees" onClick={() => onFocus(index)}>
            {name}
          </button>
        </th>
        <td class="place">
          <Place {...{ label: row, onOpen }} />
        </td>
      </tr>
      {isUnfolded &&
        callers.map(caller => (
          <tr key={`${index} ${caller.index}`} class="caller">
            <td />
            <td />
            <td class="number">{weightText(caller.weight, table)}</td>
            <td class="number share">{formatShare(caller.weight / total)}</td>
            <td class="name">
              <span class="quiet">called by </span>
              <button class="link" onClick={() => onFocus(caller.index)}>
                {caller.name}
              </button>
            </td>
            <td class="place">
              <Place {...{ label: caller, onOpen }} />
            </td>
          </tr>
        ))}
    </>
  );
}

/** The bar is a background: a width from data is no style that the page's policy lets through. */
function Share({ value }: { readonly value: number }) {
  return (
    <>
      <meter class="bar" min={0} max={1} value={value} aria-hidden="true" />
      <span>{formatShare(value)}</span>
    </>
  );
}

function Place({
  label,
  onOpen,
}: {
  readonly label: FunctionLabel;
  readonly onOpen: (index: number) => void;
}) {
  const { place, canOpen, index } = label;
  if (!canOpen) return <span class="quiet">{place}</span>;
  return (
    <button class="link" onClick={() => onOpen(index)}>
      {place}
    </button>
  );
}

function sorted(rows: readonly FunctionRow[], sort: Sort): FunctionRow[] {
  if (sort === 'self') return rows.toSorted((a, b) => b.self - a.self || b.total - a.total);
  if (sort === 'total') return rows.toSorted((a, b) => b.total - a.total || b.self - a.self);
  const { compare } = new Intl.Collator('en', { numeric: true });
  return rows.toSorted((a, b) => compare(a[sort], b[sort]) || b.self - a.self);
}

const weightText = (weight: number, { unit }: FunctionTable): string =>
  unit === 'bytes' ? formatBytes(bytes(Math.round(weight))) : formatTime(microseconds(weight));

function countText(shown: number, { rows, functions }: FunctionTable): string {
  const all = functions === 1 ? '1 function' : `${formatCount(functions)} functions`;
  if (shown < rows.length) return `${formatCount(shown)} of ${all}`;
  return rows.length < functions ? `the heaviest ${formatCount(rows.length)} of ${all}` : all;
}
