import type { OperationView } from '../../../src/contracts/views/operation.ts';
import { formatCount } from '../../../src/format/numbers.ts';
import { OPERATION_WORDS } from '../../../src/format/operation-words.ts';
import type { Actions } from './actions.ts';
import { timeText, untrusted } from './bar-words.ts';
import { PlaceLink } from './place-link.tsx';

interface Props {
  readonly view: OperationView;
  readonly actions: Actions;
}

/** Which operation it is, how it ended, and the way to the others of its route. */
export function Header({ view, actions }: Props) {
  return (
    <header>
      <div class="title">
        <h1 title={untrusted(view.name)}>{untrusted(view.name)}</h1>
        {view.place && <PlaceLink place={view.place} actions={actions} />}
        <Buttons {...{ view, actions }} />
      </div>
      <Facts {...{ view, actions }} />
      <p class="sentence">{untrusted(view.summary)}</p>
    </header>
  );
}

function Facts({ view }: Props) {
  const { durationMilliseconds, thresholdMilliseconds, status, isFailure, startedAt, detail, name, route } =
    view;
  const all = `${formatCount(route.count)} ${OPERATION_WORDS[view.kind]} · p50 ${route.p50} · p95 ${route.p95}`;
  return (
    <p class="facts">
      <span class="duration" title={`Kept from ${timeText(thresholdMilliseconds)} on`}>
        {timeText(durationMilliseconds)}
      </span>
      {status !== undefined && <span class={isFailure ? 'failure' : ''}>{untrusted(status)}</span>}
      {startedAt !== undefined && <span>{timeOfDay(startedAt)}</span>}
      {detail !== undefined && !name.endsWith(detail) && (
        <span class="detail quiet">{untrusted(detail)}</span>
      )}
      <span class="quiet">{untrusted(all)}</span>
    </p>
  );
}

function Buttons({ view: { position, kind }, actions: { post } }: Props) {
  const { rank, of } = position;
  return (
    <div class="buttons" role="toolbar" aria-label="Operation">
      {of > 0 && (
        <span class="steps">
          <button
            type="button"
            aria-label="Next slower operation"
            title="Next slower one of the route (,)"
            disabled={rank <= 1}
            onClick={() => post({ type: 'step', by: -1 })}
          >
            ◂
          </button>
          <span title="Of the kept ones of the route, by duration">
            {formatCount(rank)} of {formatCount(of)}
          </span>
          <button
            type="button"
            aria-label="Next faster operation"
            title="Next faster one of the route (.)"
            disabled={rank >= of}
            onClick={() => post({ type: 'step', by: 1 })}
          >
            ▸
          </button>
        </span>
      )}
      <button type="button" onClick={() => post({ type: 'flamegraph', of: 'operation', kind })}>
        Flamegraph
      </button>
      {of > 1 && (
        <button
          type="button"
          title="Of all kept ones of the route"
          onClick={() => post({ type: 'flamegraph', of: 'route', kind })}
        >
          Flamegraph of all {formatCount(of)} {OPERATION_WORDS[kind]}
        </button>
      )}
      <button type="button" onClick={() => post({ type: 'copy' })}>
        Copy as text
      </button>
    </div>
  );
}

/** `10:31:22.480`, in the user's time. */
function timeOfDay(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
