import type { LeaksKept, LeaksView } from '../../../src/contracts/views/leaks.ts';
import { chosenRow } from '../page-state.ts';
import type { Actions } from './actions.ts';
import { Details } from './details.tsx';
import { Header } from './header.tsx';
import { Snapshots } from './snapshots.tsx';
import { Suspicions } from './suspicions.tsx';
import { Verdicts } from './verdicts.tsx';
import { untrusted } from './words.ts';

interface Props {
  readonly view: LeaksView;
  readonly kept: LeaksKept;
  readonly actions: Actions;
  /** Another number when the colours are others. */
  readonly themes: number;
}

export function Page({ view, kept, actions, themes }: Props) {
  const { verdicts, suspicions, steps, snapshots, problems, live } = view;
  const row = chosenRow(view, kept);
  return (
    <main>
      <Header {...{ view, actions }} />
      {live?.refusal && <Refused {...live.refusal} actions={actions} />}
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map(({ text, isDone }) => (
            <li key={text} class={isDone ? 'done' : ''}>
              {text}
              {isDone && <span class="quiet"> – done</span>}
            </li>
          ))}
        </ol>
      )}
      {row && <Verdicts {...{ verdicts, actions }} chosen={row.key} />}
      {row && <Details {...{ row, actions, themes }} isTableShown={kept.isTableShown} />}
      {suspicions.length > 0 && <Suspicions {...{ suspicions, actions }} />}
      {snapshots.length > 0 && <Snapshots snapshots={snapshots} />}
      <ul class="notes">
        {problems.map(({ message, advice }) => (
          <li key={message}>
            {untrusted(message)} <span class="quiet">{untrusted(advice)}</span>
          </li>
        ))}
      </ul>
    </main>
  );
}

interface RefusedProps {
  readonly message: string;
  readonly advice: string;
  readonly canForce: boolean;
  readonly actions: Actions;
}

/** Why a snapshot was not taken. */
const Refused = ({ message, advice, canForce, actions }: RefusedProps) => (
  <div class="refused" role="alert">
    <p>
      {untrusted(message)} <span class="quiet">{untrusted(advice)}</span>
    </p>
    {canForce && (
      <button type="button" onClick={() => actions.post({ type: 'snapshot', isForced: true })}>
        Take it all the same
      </button>
    )}
  </div>
);
