import type { OperationRow, RowItem, RowKind } from '../../../src/contracts/views/operation.ts';
import { formatCount, formatShare } from '../../../src/format/numbers.ts';
import { callerHow, CERTAINTY_WORDS, LIKE_OTHERS } from '../../../src/format/operation-words.ts';
import type { Actions } from './actions.ts';
import { timeText, untrusted } from './bar-words.ts';
import { PlaceLink } from './place-link.tsx';

/** Rows whose texts are what the program sent: statements, addresses, paths. */
const IS_CODE: ReadonlySet<RowKind> = new Set(['query', 'http', 'fs', 'dns', 'connect', 'child']);

interface Props {
  readonly item: RowItem;
  readonly kind: OperationRow['kind'];
  readonly actions: Actions;
}

/** Place and words of what a row's time was for. */
export function ItemText({ item, kind, actions }: Props) {
  const { place, text, count, library, certainty, caller, isLikeOthers } = item;
  const said = untrusted(text);
  return (
    <span class="item">
      {place && <PlaceLink place={place} actions={actions} />}
      {text !== '' && (
        <span
          class={IS_CODE.has(kind) ? 'what' : ''}
          title={[said, untrusted(library ?? '')].join(' · ').replace(/ · $/, '')}
        >
          {said}
        </span>
      )}
      {count > 1 && kind !== 'cpu' && <span class="count">×{formatCount(count)}</span>}
      {caller && (
        <span class="sure caller">
          {callerHow(caller)} <PlaceLink place={caller} actions={actions} />
        </span>
      )}
      {isLikeOthers && <span class="sure">{LIKE_OTHERS}</span>}
      {certainty !== 'measured' && <span class="sure">{CERTAINTY_WORDS[certainty]}</span>}
    </span>
  );
}

/** Everything that a row's time was for, below it. */
export function RowItems({ row, actions }: { readonly row: OperationRow; readonly actions: Actions }) {
  return (
    <ul class="items">
      {row.items.map((item, index) => (
        <li key={index}>
          <ItemText item={item} kind={row.kind} actions={actions} />
          <span class="number">{timeText(item.milliseconds)}</span>
          <span class="number">{formatShare(item.share)}</span>
        </li>
      ))}
    </ul>
  );
}
