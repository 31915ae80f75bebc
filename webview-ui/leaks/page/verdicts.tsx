import type { LeakRow } from '../../../src/contracts/views/leaks.ts';
import { rowAfter } from '../page-state.ts';
import type { Actions } from './actions.ts';
import { PlaceLink } from './place-link.tsx';
import { untrusted } from './words.ts';

interface Props {
  readonly verdicts: readonly LeakRow[];
  /** Key of the one that is shown below. */
  readonly chosen: string;
  readonly actions: Actions;
}

/** What has grown, the surest first. Arrow keys go through it. */
export function Verdicts({ verdicts, chosen, actions }: Props) {
  const of = verdicts.find(({ perOperation }) => perOperation)?.perOperation?.of;
  return (
    <div class="scroll">
      <table role="grid" class="verdicts" aria-label="What has grown">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">What</th>
            {of !== undefined && (
              <th scope="col" class="number">
                Per {untrusted(of)}
              </th>
            )}
            {of !== undefined && (
              <th scope="col" class="number">
                Bytes
              </th>
            )}
            <th scope="col">Epochs</th>
            <th scope="col" class="number">
              Objects
            </th>
            <th scope="col" class="number">
              Total
            </th>
            <th scope="col">Allocated at</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((row, index) => (
            <Row
              key={row.key}
              {...{ row, actions }}
              isChosen={row.key === chosen}
              hasOperations={of !== undefined}
              onKey={key => rowAfter(verdicts, index, key)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly row: LeakRow;
  readonly isChosen: boolean;
  readonly hasOperations: boolean;
  readonly onKey: (key: string) => LeakRow | undefined;
  readonly actions: Actions;
}

function Row({ row, isChosen, hasOperations, onKey, actions }: RowProps) {
  const { key, state, stateWords, className, perOperation, epochs, count, bytes, place, placeText } = row;
  const press = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const next = onKey(event.key);
    if (!next) return;
    event.preventDefault();
    const rows = [...(event.currentTarget.parentElement?.children ?? [])];
    actions.choose(next.key);
    const to = rows.find(each => each.getAttribute('data-key') === next.key);
    if (to instanceof HTMLElement) to.focus();
  };
  return (
    <tr
      class={state}
      data-key={key}
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => actions.choose(key)}
      onKeyDown={press}
    >
      <td class="state">{stateWords}</td>
      <td class="name" title={untrusted(className)}>
        {untrusted(className)}
      </td>
      {hasOperations && <td class="number">{perOperation?.count ?? ''}</td>}
      {hasOperations && <td class="number">{perOperation?.bytes ?? ''}</td>}
      <td class="epochs">{epochs.map(({ countText }) => countText).join(' / ')}</td>
      <td class="number">{count}</td>
      <td class="number">{bytes}</td>
      <td>{place ? <PlaceLink {...{ place, actions }} text={placeText} /> : untrusted(placeText)}</td>
    </tr>
  );
}
