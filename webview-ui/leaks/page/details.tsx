import type { LeakRow } from '../../../src/contracts/views/leaks.ts';
import type { Actions } from './actions.ts';
import { Growth } from './growth.tsx';
import { PlaceLink, placeText } from './place-link.tsx';
import { untrusted } from './words.ts';

interface Props {
  readonly row: LeakRow;
  readonly isTableShown: boolean;
  readonly actions: Actions;
  readonly themes: number;
}

/** All that is known of one verdict. */
export function Details({ row, isTableShown, actions, themes }: Props) {
  const { className, stateWords, why, heldBy, advice } = row;
  return (
    <section class="details" aria-label="Details">
      <h2>
        {untrusted(className)} <span class="quiet">{stateWords.toLowerCase()}</span>
      </h2>
      <dl>
        <dt>Why we think so</dt>
        <dd>
          {why.map(sentence => (
            <p key={sentence}>{untrusted(sentence)}</p>
          ))}
        </dd>
        <dt>Held by</dt>
        <dd>
          <ol class="path">
            {heldBy.map((word, index) => (
              <li key={index}>{untrusted(word)}</li>
            ))}
          </ol>
        </dd>
        <dt>Allocated at</dt>
        <dd>
          <AllocatedAt {...{ row, actions }} />
        </dd>
        {advice !== undefined && <dt>What to do</dt>}
        {advice !== undefined && <dd class="advice">{untrusted(advice)}</dd>}
      </dl>
      <Growth key={row.key} {...{ row, isTableShown, actions, themes }} />
    </section>
  );
}

/** Its line, and the calls that lead there where they were sampled. */
function AllocatedAt({ row, actions }: Pick<Props, 'row' | 'actions'>) {
  const { place, placeText: text, allocatedAt } = row;
  if (!place && text === '') return <span class="quiet">Not known: no line of the source was found.</span>;
  return (
    <>
      {place ? <PlaceLink {...{ place, text, actions }} /> : untrusted(text)}
      {allocatedAt.length > 0 && (
        <ol class="stack" aria-label="Calls that lead there, innermost first">
          {allocatedAt.map(({ name, place: at }, index) => (
            <li key={index}>
              {untrusted(name)} {at && <PlaceLink place={at} text={placeText(at)} actions={actions} />}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
