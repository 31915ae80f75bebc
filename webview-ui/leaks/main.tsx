/** The leak report panel. */
import { render } from 'preact';
import type { FromLeaks, LeaksKept, LeaksView, ToLeaks } from '../../src/contracts/views/leaks.ts';
import { connect } from '../host/connect.ts';
import { onThemeChange } from '../runtime/charts/theme.ts';
import '../theme.css';
import '../document-page.css';
import type { Actions } from './page/actions.ts';
import { Failed, Loading } from './page/messages.tsx';
import { Page } from './page/page.tsx';
import { restored } from './page-state.ts';
import './leaks.css';

/** Owns what the page shows. */
function start(): void {
  const connection = connect<ToLeaks, FromLeaks, LeaksKept>(message => void receive(message));
  const root = document.body.appendChild(document.createElement('div'));
  let kept = restored(connection.kept);
  let view: LeaksView | undefined;
  let failure: { readonly message: string; readonly advice: string } | undefined;
  let themes = 0;
  let turn = 0;

  async function receive(message: ToLeaks): Promise<void> {
    const mine = ++turn;
    if (message.type === 'failed') {
      failure = message;
      return draw();
    }
    try {
      const next = (await (await fetch(message.uri)).json()) as LeaksView;
      if (mine !== turn) return;
      view = next;
      failure = undefined;
      if (message.chosen !== undefined) keep({ ...kept, chosen: message.chosen });
    } catch (error) {
      failure = { message: `The report could not be read (${String(error)}).`, advice: 'Open it again.' };
    }
    draw();
  }

  function keep(next: LeaksKept): void {
    kept = next;
    connection.keep(kept);
  }

  const actions: Actions = {
    post: message => connection.post(message),
    choose: key => {
      keep({ ...kept, chosen: key });
      draw();
    },
    toggleTable: () => {
      keep({ ...kept, isTableShown: !kept.isTableShown });
      draw();
    },
  };

  function draw(): void {
    if (failure) render(<Failed {...failure} />, root);
    else if (!view) render(<Loading />, root);
    else render(<Page {...{ view, kept, actions, themes }} />, root);
  }

  onThemeChange(() => {
    themes++;
    draw();
  });
  draw();
  connection.post({ type: 'ready' });
}

start();
