import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { RecordingData } from '../data/recording-data.ts';
import type { PageState } from '../page-state.ts';
import type { Actions } from './actions.ts';
import { Seconds } from './seconds.tsx';
import { unlessSame } from './unless-same.ts';

interface Props {
  readonly recording: RecordingData;
  readonly state: PageState;
  readonly span: Span;
  readonly actions: Actions;
}

/** The chosen range in numbers, and what can be done with it. */
export const RangeTools = unlessSame(function ({ recording, state, span, actions }: Props) {
  const { range, shown } = state;
  const { dispatch } = actions;
  const isShown = range && shown === range;
  return (
    <div class="tools" role="toolbar" aria-label="Range">
      <span class="fields">
        <Seconds
          label="From"
          spoken="Range from, in seconds"
          value={range?.from}
          choose={from => choose({ from, to: range?.to ?? span.to })}
        />
        <Seconds
          label="to"
          spoken="Range to, in seconds"
          value={range?.to}
          choose={to => choose({ from: range?.from ?? span.from, to })}
        />
        <span class="quiet">s</span>
      </span>
      <span class="fields">
        <button type="button" disabled={!range || isShown} onClick={() => dispatch({ type: 'zoom' })}>
          Zoom in
        </button>
        <button type="button" disabled={!range} onClick={() => choose(undefined)}>
          Clear
        </button>
      </span>
      <span class="fields">
        <button type="button" class="main" disabled={!range} onClick={() => range && actions.hotLines(range)}>
          Hot lines of this range
        </button>
        <button type="button" disabled={!range} onClick={() => range && actions.flamegraph(range)}>
          Flamegraph of this range
        </button>
      </span>
      <Views shown={shown} isLive={recording.isLive} dispatch={dispatch} />
    </div>
  );

  function choose(range: Span | undefined): void {
    dispatch({ type: 'choose', range });
  }
});

/** How much of the recording the time axis shows. */
function Views({
  shown,
  isLive,
  dispatch,
}: Pick<PageState, 'shown'> & Pick<RecordingData, 'isLive'> & Pick<Actions, 'dispatch'>) {
  const isWhole = shown === 'whole' || (!isLive && shown === 'newest');
  return (
    <span class="views">
      {isLive && (
        <button
          type="button"
          title="Show the newest minute"
          aria-pressed={shown === 'newest'}
          onClick={() => dispatch({ type: 'show', shown: 'newest' })}
        >
          Follow
        </button>
      )}
      {(isLive || !isWhole) && (
        <button
          type="button"
          title="Show the whole recording"
          aria-pressed={isLive ? isWhole : undefined}
          onClick={() => dispatch({ type: 'show', shown: 'whole' })}
        >
          {isLive ? 'All' : 'Whole recording'}
        </button>
      )}
    </span>
  );
}
