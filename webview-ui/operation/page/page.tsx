import type { OperationKept, OperationView } from '../../../src/contracts/views/operation.ts';
import type { Actions } from './actions.ts';
import { untrusted } from './bar-words.ts';
import { Header } from './header.tsx';
import { PlaceLink } from './place-link.tsx';
import { Stretches } from './stretches.tsx';
import { Waterfall } from './waterfall.tsx';

interface Props {
  readonly view: OperationView;
  readonly kept: OperationKept;
  readonly actions: Actions;
}

export function Page({ view, kept, actions }: Props) {
  return (
    <main>
      <Header {...{ view, actions }} />
      <Waterfall key={view.key} {...{ view, kept, actions }} />
      <ul class="notes quiet">
        {view.notes.map(note => (
          <li key={note}>{untrusted(note)}</li>
        ))}
      </ul>
      {view.stack && view.stack.length > 0 && <Stack {...{ actions }} stack={view.stack} />}
      <button
        type="button"
        class="link"
        aria-expanded={kept.isTableShown}
        onClick={() => actions.toggleTable()}
      >
        {kept.isTableShown ? 'Hide table' : 'Show as table'}
      </button>
      {kept.isTableShown && <Stretches {...{ view, actions }} />}
    </main>
  );
}

interface StackProps {
  readonly stack: NonNullable<OperationView['stack']>;
  readonly actions: Actions;
}

/** What blocked the thread, as it was seen while it did. */
function Stack({ stack, actions }: StackProps) {
  return (
    <section aria-label="Stack">
      <h2>What blocked the thread</h2>
      <ol class="stack">
        {stack.map(({ name, place, text }, index) => (
          <li key={index}>
            <span>{untrusted(name)}</span>{' '}
            {place ? <PlaceLink {...{ place, actions }} /> : <span class="quiet">{untrusted(text)}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
