/** The page of a heap snapshot. */
import { render } from 'preact';
import type { HeapSummary } from '../../src/contracts/heap-rows.ts';
import type { FromHeap, HeapKept, ToHeap } from '../../src/contracts/views/heap.ts';
import { connect } from '../host/connect.ts';
import '../theme.css';
import '../filled-page.css';
import { Failed, Reading } from './page/messages.tsx';
import { Page } from './page/page.tsx';
import { Questions } from './questions.ts';
import './heap.css';
import './grid.css';
import './detail.css';

type Shown =
  | Extract<ToHeap, { readonly type: 'reading' | 'failed' }>
  /** Each heap that is read has its own rows: `turn` tells them apart. */
  | { readonly type: 'show'; readonly summary: HeapSummary; readonly turn: number };

/** Owns what the page shows. */
function start(): void {
  const connection = connect<ToHeap, FromHeap, HeapKept>(receive);
  const post = (message: FromHeap): void => connection.post(message);
  const root = document.body.appendChild(document.createElement('main'));
  const questions = new Questions(post);
  let shown: Shown = { type: 'reading', text: '' };
  let change: Extract<ToHeap, { readonly type: 'changed' }>['change'] | undefined;
  let turn = 0;

  function receive(message: ToHeap): void {
    switch (message.type) {
      case 'rows':
        return questions.answer(message.ask, message.rows);
      case 'detail':
        return questions.answer(message.ask, message.detail);
      case 'refused':
        return questions.refuse(message.ask, message.message);
      case 'changed':
        ({ change } = message);
        break;
      case 'show':
        shown = { ...message, turn: ++turn };
        break;
      case 'reading':
        change = undefined;
        shown = message;
        break;
      case 'failed':
        shown = message;
    }
    draw();
  }

  function draw(): void {
    if (shown.type === 'reading') render(<Reading {...shown} post={post} />, root);
    else if (shown.type === 'failed') render(<Failed {...shown} {...{ change, post }} />, root);
    else {
      const { summary, turn } = shown;
      render(<Page key={turn} {...{ summary, change, questions, connection }} />, root);
    }
  }

  draw();
  connection.post({ type: 'ready' });
}

start();
