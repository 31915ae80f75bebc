import type { LeaksView, LiveTracking } from '../../../src/contracts/views/leaks.ts';
import type { Actions } from './actions.ts';
import { untrusted } from './words.ts';

interface Props {
  readonly view: LeaksView;
  readonly actions: Actions;
}

/** What is tracked, how far it has come, and what can be done about it. */
export function Header({ view, actions }: Props) {
  const { name, facts, headline, live, snapshots } = view;
  return (
    <header>
      <div class="title">
        <h1 title={untrusted(name)}>Memory · {untrusted(name)}</h1>
        <div class="buttons" role="toolbar" aria-label="Memory">
          {live && <SnapshotButton {...{ live, actions }} isFirst={snapshots.length === 0} />}
          {live && (
            <button
              type="button"
              title="Ends the recording and the program; the report stays"
              onClick={() => actions.post({ type: 'stop' })}
            >
              Stop
            </button>
          )}
          {snapshots.length > 1 && (
            <button type="button" onClick={() => actions.post({ type: 'copy' })}>
              Copy as text
            </button>
          )}
        </div>
      </div>
      <p class="facts quiet">
        {facts.map(fact => (
          <span key={fact}>{untrusted(fact)}</span>
        ))}
      </p>
      <p class="sentence">{untrusted(headline)}</p>
      <p class="doing" role="status">
        {live?.doing === undefined ? '' : untrusted(live.doing)}
      </p>
    </header>
  );
}

interface ButtonProps {
  readonly live: LiveTracking;
  readonly actions: Actions;
  readonly isFirst: boolean;
}

/** Says what it costs before it is pressed. */
function SnapshotButton({ live: { step, cost }, actions, isFirst }: ButtonProps) {
  const what = isFirst ? 'First snapshot' : 'Snapshot now';
  return (
    <button
      type="button"
      class="main snapshot"
      disabled={step !== 'ready'}
      title="The program stands still while its heap is written"
      onClick={() => actions.post({ type: 'snapshot', isForced: false })}
    >
      {cost === undefined ? what : `${what}: ${untrusted(cost)}`}
    </button>
  );
}
