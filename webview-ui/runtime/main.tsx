/** The GC and runtime view. */
import { render } from 'preact';
import type { Span } from '../../src/analysis/gc/collection-statistics.ts';
import type { TimeRange } from '../../src/contracts/profile-source.ts';
import type { RuntimeUpdate, RuntimeView } from '../../src/contracts/views/runtime.ts';
import type { RuntimeFromView, RuntimeToView } from '../../src/contracts/views/runtime-messages.ts';
import { plainText } from '../../src/format/untrusted.ts';
import { connect } from '../host/connect.ts';
import '../theme.css';
import '../document-page.css';
import '../time-axis.css';
import { onThemeChange, readTheme } from './charts/theme.ts';
import { RecordingData } from './data/recording-data.ts';
import { type Action, next, type PageState, restored } from './page-state.ts';
import { Failed, Loading } from './page/messages.tsx';
import type { Actions } from './page/actions.ts';
import { Page } from './page/page.tsx';
import './runtime.css';
import './tables.css';
import './narrow.css';

/** Owns what the page shows; draws at most once for each frame, and not at all while nobody sees it. */
function start(): void {
  const connection = connect<RuntimeToView, RuntimeFromView, PageState>(message => void receive(message));
  let state = restored(connection.kept);
  let recording: RecordingData | undefined;
  let failure: { readonly message: string; readonly advice: string } | undefined;
  let theme = readTheme();
  let isScheduled = false;
  let isLoading = false;
  /** Live rows that came before the view file was read. */
  const early: RuntimeUpdate[] = [];
  const root = document.body.appendChild(document.createElement('div'));

  const actions: Actions = {
    dispatch: act,
    hotLines: range => connection.post({ type: 'hotLines', range: inMicroseconds(range) }),
    flamegraph: range => connection.post({ type: 'flamegraph', range: inMicroseconds(range) }),
    showText: text => connection.post({ type: 'text', text }),
  };

  async function receive(message: RuntimeToView): Promise<void> {
    if (message.type === 'update') add(message.update);
    if (message.type === 'failed') failure = message;
    if (message.type === 'show') await load(message.uri);
    schedule();
  }

  function add(update: RuntimeUpdate): void {
    if (isLoading || !recording) early.push(update);
    else {
      recording.append(update);
      stayAtThread();
    }
  }

  /** The thread that is shown first stays, also when another one collects longer later on. */
  function stayAtThread(): void {
    const key = recording?.thread(state.thread)?.key;
    if (key !== undefined && key !== state.thread) state = { ...state, thread: key };
  }

  async function load(uri: string): Promise<void> {
    isLoading = true;
    try {
      const answer = await fetch(uri);
      recording = new RecordingData((await answer.json()) as RuntimeView);
      failure = undefined;
      for (const update of early.splice(0)) recording.append(update);
      stayAtThread();
    } catch (error) {
      const advice = 'Close this view, and open it again.';
      failure = { message: `The data of this view could not be read (${plainText(String(error))}).`, advice };
    } finally {
      isLoading = false;
    }
  }

  function act(action: Action): void {
    if (!recording) return;
    state = next(state, action, recording);
    connection.keep(state);
    schedule();
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(draw);
  }

  function draw(): void {
    isScheduled = false;
    if (failure) render(<Failed {...failure} />, root);
    else if (!recording) render(<Loading />, root);
    else render(<Page {...{ recording, state, theme, actions }} />, root);
  }

  onThemeChange(() => {
    theme = readTheme();
    schedule();
  });
  schedule();
  connection.post({ type: 'ready' });
}

const inMicroseconds = ({ from, to }: Span): TimeRange => ({
  startMicroseconds: Math.round(from * 1000),
  endMicroseconds: Math.round(to * 1000),
});

start();
