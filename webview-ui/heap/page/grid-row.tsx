import type { HeapSummary } from '../../../src/contracts/heap-rows.ts';
import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { formatCount, formatShare } from '../../../src/format/numbers.ts';
import { MOST_ROWS, nextCount, type Line, type RestLine, type RowLine } from '../tree.ts';
import { sizeText, untrusted } from '../words.ts';
import { Place } from './place.tsx';
import type { LoadedTree } from './use-tree.ts';

interface Props extends Pick<LoadedTree, 'load' | 'fold'> {
  readonly line: Line;
  readonly index: number;
  readonly summary: HeapSummary;
  readonly hasCounts: boolean;
  readonly isActive: boolean;
  readonly onActive: () => void;
  readonly onOpen: (place: SourcePlace) => void;
}

export function GridRow(props: Props) {
  const { line, index, isActive, onActive, fold } = props;
  const isRow = line.kind === 'row';
  const isFoldable = isRow && line.row.hasBelow;
  return (
    <div
      id={`line-${index}`}
      class={`row${isActive ? ' active' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-level={line.level}
      aria-selected={isActive}
      aria-expanded={isFoldable ? line.isUnfolded : undefined}
      aria-posinset={isRow ? line.position : undefined}
      aria-setsize={isRow ? line.siblings : undefined}
      onClick={onActive}
      onDblClick={() => isFoldable && fold(line.path, !line.isUnfolded)}
    >
      {isRow ? <Cells {...props} line={line} /> : <Rest line={line} load={props.load} />}
    </div>
  );
}

function Cells({ line, summary, hasCounts, fold, onOpen }: Props & { readonly line: RowLine }) {
  const { row, level, isUnfolded, path } = line;
  const share = summary.totalBytes > 0 ? row.retainedBytes / summary.totalBytes : 0;
  return (
    <>
      <span class="name" role="gridcell" style={{ '--level': level - 1 }}>
        <span
          class="twist"
          aria-hidden="true"
          onClick={() => row.hasBelow && fold(path, !isUnfolded)}
          onDblClick={event => event.stopPropagation()}
        >
          {row.hasBelow ? (isUnfolded ? '▾' : '▸') : ''}
        </span>
        <span class="text">
          {row.heldAs !== undefined && <span class="quiet">{untrusted(row.heldAs)}: </span>}
          {untrusted(row.name)}
          {row.id !== undefined && <span class="quiet id"> @{row.id}</span>}
        </span>
      </span>
      {hasCounts && (
        <span class="number" role="gridcell">
          {row.count === undefined ? '' : formatCount(row.count)}
        </span>
      )}
      <span class="number" role="gridcell">
        {sizeText(row.selfBytes)}
      </span>
      <span class="number retained" role="gridcell">
        {sizeText(row.retainedBytes)}
      </span>
      <span class="share" role="gridcell">
        <span class="bar" aria-hidden="true" style={{ '--share': Math.min(1, share) }} />
        <span class="number">{formatShare(share)}</span>
      </span>
      <span class="place" role="gridcell">
        {row.place && <Place place={row.place} {...{ onOpen }} />}
      </span>
    </>
  );
}

/** Rows at the top come by themselves, others when they are wanted: behind them stand others. */
function Rest({ line, load }: { readonly line: RestLine; readonly load: (branch: string) => void }) {
  return (
    <span class="rest" role="gridcell" style={{ '--level': line.level - 1 }}>
      {line.loaded >= MOST_ROWS || line.total === undefined ? (
        <span class="quiet">{restText(line)}</span>
      ) : (
        <button type="button" class="link" tabIndex={-1} onClick={() => load(line.branch)}>
          {restText(line)}
        </button>
      )}
    </span>
  );
}

function restText(line: RestLine): string {
  const { loaded, total, problem } = line;
  if (problem !== undefined && problem !== '') return `${untrusted(problem)} Try again`;
  if (total === undefined) return 'Looking …';
  if (loaded >= MOST_ROWS) return `These are the first ${formatCount(loaded)} of ${formatCount(total)}.`;
  return `Show ${formatCount(nextCount(line))} more of ${formatCount(total)}`;
}
