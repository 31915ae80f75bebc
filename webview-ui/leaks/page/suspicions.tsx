import type { SuspicionRow } from '../../../src/contracts/views/leaks.ts';
import type { Actions } from './actions.ts';
import { PlaceLink, placeText } from './place-link.tsx';
import { untrusted } from './words.ts';

interface Props {
  readonly suspicions: readonly SuspicionRow[];
  readonly actions: Actions;
}

/** What a sample of allocations tells before snapshots do. */
export const Suspicions = ({ suspicions, actions }: Props) => (
  <section class="suspicions" aria-labelledby="suspicions">
    <h2 id="suspicions">
      May grow <span class="quiet">by sampling; snapshots tell whether it does, and what holds it</span>
    </h2>
    <ul>
      {suspicions.map(({ message, place }) => (
        <li key={message}>
          {untrusted(message)} {place && <PlaceLink {...{ place, actions }} text={placeText(place)} />}
        </li>
      ))}
    </ul>
  </section>
);
