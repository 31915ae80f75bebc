import type { OperationRow } from '../../../src/contracts/views/operation.ts';
import { formatShare } from '../../../src/format/numbers.ts';
import { CERTAINTY_WORDS, rowAbout, rowKey, rowTitle } from '../../../src/format/operation-words.ts';
import type { Actions } from './actions.ts';
import { timeText } from './bar-words.ts';
import { ItemText } from './row-items.tsx';

interface Props {
  readonly row: OperationRow;
  readonly isUnfolded: boolean;
  readonly actions: Actions;
}

/** Name of a row; what has more than one item unfolds. */
export function RowHead({ row, isUnfolded, actions }: Props) {
  const title = rowTitle(row);
  const about = rowAbout(row);
  if (row.items.length < 2)
    return (
      <div class="head plain" title={about}>
        {title}
      </div>
    );
  return (
    <button
      type="button"
      class="head"
      title={about}
      aria-expanded={isUnfolded}
      onClick={() => actions.toggleRow(rowKey(row))}
    >
      <span class="twistie" aria-hidden="true" />
      {title}
    </button>
  );
}

/** Numbers of a row, and what most of its time was for. */
export function RowNumbers({ row, isUnfolded, actions }: Props) {
  const [first, ...others] = row.items;
  return (
    <>
      <div class="number ms">{timeText(row.milliseconds)}</div>
      <div class="number share">{formatShare(row.share)}</div>
      <div class="where">
        {row.certainty !== 'measured' && <span class="sure">{CERTAINTY_WORDS[row.certainty]}</span>}
        {first && !(isUnfolded && others.length > 0) && (
          <ItemText
            item={row.certainty === 'measured' ? first : { ...first, certainty: 'measured' }}
            kind={row.kind}
            actions={actions}
          />
        )}
        {others.length > 0 && !isUnfolded && (
          <button type="button" class="link more" onClick={() => actions.toggleRow(rowKey(row))}>
            {others.length} more
          </button>
        )}
        {row.items.length === 0 && row.certainty === 'measured' && (
          <span class="quiet" title={rowAbout(row)}>
            {rowAbout(row)}
          </span>
        )}
      </div>
    </>
  );
}
