import { render } from 'preact';
import { connect } from '../host/connect.ts';
import type { FlameKept, FromFlame, SpeedscopeFiles, ToFlame } from '../../src/contracts/views/flame.ts';
import { App, type Shown } from './app.tsx';
import '../theme.css';
import '../filled-page.css';
import './flame.css';

/** Speedscope's script is allowed by the same nonce. */
const nonce = document.currentScript?.nonce ?? '';
const root = document.createElement('main');
document.body.append(root);

const connection = connect<ToFlame, FromFlame, FlameKept>(message => {
  if (message.type === 'reading') ({ speedscope } = message);
  shown = next(shown, message);
  draw();
});

let speedscope: SpeedscopeFiles | undefined;
let shown: Shown = { state: 'reading', text: '' };
let focusTurn = 0;

function next(before: Shown, message: ToFlame): Shown {
  if (message.type === 'reading') return { state: 'reading', text: message.text };
  if (message.type === 'failed') return { state: 'failed', message: message.message, advice: message.advice };
  if (message.type === 'show') {
    const { page } = message;
    const focus = page.focus === undefined ? {} : { focus: { value: page.focus, turn: ++focusTurn } };
    return { state: 'shown', page, ...focus };
  }
  if (before.state !== 'shown') return before;
  return message.type === 'focus'
    ? { ...before, focus: { value: message.index, turn: ++focusTurn } }
    : { ...before, page: { ...before.page, hints: message.hints } };
}

function draw(): void {
  if (shown.state !== 'shown') document.body.classList.remove('painted');
  render(<App {...{ shown, speedscope, nonce, connection }} />, root);
}

draw();
const { metric, order } = connection.kept ?? {};
const again = { ...(metric ? { metric } : {}), ...(order ? { order } : {}) };
connection.post(metric ? { type: 'restore', ...again } : { type: 'ready' });
