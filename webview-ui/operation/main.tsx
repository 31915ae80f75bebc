/** The operation panel. */
import { render } from 'preact';
import type {
  FromOperation,
  OperationKept,
  OperationView,
  ToOperation,
} from '../../src/contracts/views/operation.ts';
import { connect } from '../host/connect.ts';
import '../theme.css';
import '../document-page.css';
import '../time-axis.css';
import { Failed, Loading } from './page/messages.tsx';
import type { Actions } from './page/actions.ts';
import { Page } from './page/page.tsx';
import { restored, toggled, zoomTo } from './page-state.ts';
import './operation.css';
import './waterfall.css';

/** Owns what the page shows. */
function start(): void {
  const connection = connect<ToOperation, FromOperation, OperationKept>(message => void receive(message));
  const root = document.body.appendChild(document.createElement('div'));
  let shown: { readonly view: OperationView; readonly kept: OperationKept } | undefined;
  let failure: { readonly message: string; readonly advice: string } | undefined;
  let turn = 0;

  async function receive(message: ToOperation): Promise<void> {
    const mine = ++turn;
    if (message.type === 'failed') {
      failure = message;
      return draw();
    }
    connection.reshow(message.shown);
    try {
      const view = (await (await fetch(message.uri)).json()) as OperationView;
      if (mine !== turn) return;
      change(view, restored(shown?.kept ?? connection.kept, view));
      failure = undefined;
    } catch (error) {
      failure = { message: `The operation could not be read (${String(error)}).`, advice: 'Open it again.' };
    }
    draw();
  }

  function change(view: OperationView, kept: OperationKept): void {
    shown = { view, kept };
    connection.keep(kept);
  }

  function keep(next: (kept: OperationKept, view: OperationView) => OperationKept): void {
    if (!shown) return;
    change(shown.view, next(shown.kept, shown.view));
    draw();
  }

  const actions: Actions = {
    post: message => connection.post(message),
    zoom: span =>
      keep(({ zoom: _zoom, ...rest }, view) => {
        const zoom = span && zoomTo(span, view);
        return zoom ? { ...rest, zoom } : rest;
      }),
    toggleRow: row => keep(kept => ({ ...kept, unfolded: toggled(kept.unfolded, row) })),
    toggleTable: () => keep(kept => ({ ...kept, isTableShown: !kept.isTableShown })),
  };

  function draw(): void {
    if (failure) render(<Failed {...failure} />, root);
    else if (!shown) render(<Loading />, root);
    else render(<Page {...shown} actions={actions} />, root);
  }

  const steps: Readonly<Record<string, -1 | 1>> = { ',': -1, '.': 1 };
  document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    const by = steps[key];
    if (by !== undefined && !ctrlKey && !metaKey && !altKey) connection.post({ type: 'step', by });
  });
  draw();
  connection.post({ type: 'ready' });
}

start();
