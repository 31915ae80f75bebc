import type { OperationRow, RowItem, RowKind } from '../../../src/contracts/views/operation.ts';
import { formatCount } from '../../../src/format/numbers.ts';
import {
  callerHow,
  itemCertainty,
  itemShare,
  itemTime,
  LIKE_OTHERS,
} from '../../../src/format/operation-words.ts';
import type { Actions } from './actions.ts';
import { untrusted } from './bar-words.ts';
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
  const { place, text, count, library, caller, isLikeOthers } = item;
  const sure = itemCertainty(kind, item);
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
      {sure !== undefined && <span class="sure">{sure}</span>}
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
          <span class="number">{itemTime(row.kind, item)}</span>
          <span class="number">{itemShare(row.kind, item)}</span>
        </li>
      ))}
    </ul>
  );
}
