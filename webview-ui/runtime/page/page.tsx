import { useMemo } from 'preact/hooks';
import { collectionStatistics } from '../../../src/analysis/gc/collection-statistics.ts';
import { plainText } from '../../../src/format/untrusted.ts';
import type { Theme } from '../charts/frame.ts';
import type { RecordingData } from '../data/recording-data.ts';
import type { ThreadData } from '../data/thread-data.ts';
import { type PageState, visibleSpan } from '../page-state.ts';
import type { Actions } from './actions.ts';
import { Charts } from './charts.tsx';
import { KeyFigures } from './key-figures.tsx';
import { Statistics } from './statistics.tsx';
import { ThreadChoice } from './thread-choice.tsx';
import { formatElapsed } from '../../../src/format/age.ts';
import { formatMilliseconds } from '../../../src/format/numbers.ts';
import { milliseconds } from '../../../src/contracts/units.ts';

export interface PageProps {
  readonly recording: RecordingData;
  readonly state: PageState;
  readonly theme: Theme;
  readonly actions: Actions;
}

export function Page({ recording, state, theme, actions }: PageProps) {
  const thread = recording.thread(state.thread);
  return (
    <main>
      <header>
        <h1 title={plainText(recording.name)}>{plainText(recording.name)}</h1>
        <Length recording={recording} />
        <ThreadChoice threads={recording.threads} shown={thread} dispatch={actions.dispatch} />
      </header>
      {thread ? (
        <Thread {...{ recording, thread, state, theme, actions }} />
      ) : (
        <NothingMeasured isLive={recording.isLive} />
      )}
    </main>
  );
}

function Thread({ recording, thread, state, theme, actions }: PageProps & { readonly thread: ThreadData }) {
  const { from, to } = visibleSpan(state, recording);
  const span = useMemo(() => ({ from, to }), [from, to]);
  const { range } = state;
  const ofRange = useMemo(
    () => range && collectionStatistics(thread.collections, range),
    [thread, thread.revision, range],
  );
  if (thread.isEmpty) return <TooShort duration={recording.duration} isLive={recording.isLive} />;
  return (
    <>
      <p class="sentence">{plainText(thread.sentence, LONGEST_SENTENCE)}</p>
      <KeyFigures whole={thread.statistics} ofRange={ofRange} />
      <div class="columns">
        <Charts {...{ recording, thread, state, span, theme, actions }} />
        <Statistics
          {...{ range, ofRange, actions }}
          whole={thread.statistics}
          notListed={thread.notListed}
          duration={recording.duration}
        />
      </div>
    </>
  );
}

const LONGEST_SENTENCE = 600;

function Length({ recording: { isLive, duration } }: { readonly recording: RecordingData }) {
  return isLive ? (
    <span class="length">
      <span class="live" aria-hidden="true" /> live · {formatElapsed(duration)}
    </span>
  ) : (
    <span class="length quiet">{formatMilliseconds(milliseconds(duration))}</span>
  );
}

function TooShort({ duration, isLive }: { readonly duration: number; readonly isLive: boolean }) {
  const length = formatMilliseconds(milliseconds(duration));
  return (
    <p class="empty">
      {isLive
        ? 'Waiting for the first second of this thread.'
        : `This thread ended before anything was measured of it, in a recording of ${length}.`}
    </p>
  );
}

function NothingMeasured({ isLive }: { readonly isLive: boolean }) {
  return isLive ? (
    <p class="empty">Waiting for the first second of the program.</p>
  ) : (
    <p class="empty">
      This recording has no data of the garbage collector: it was made by an older version of Slowcatch, or
      the program ended before anything was measured. Record again to see it.
    </p>
  );
}
