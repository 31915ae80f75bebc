import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { bytes } from '../../contracts/units.ts';
import type { HeapSummary } from '../../contracts/heap-rows.ts';
import type { ViewReady } from '../../contracts/views/page.ts';
import { ROWS_AT_A_TIME, type FromHeap, type HeapShown, type ToHeap } from '../../contracts/views/heap.ts';
import { formatBytes } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { copyText } from '../copy-text.ts';
import type { Connection } from '../connection.ts';
import { failureCode, failureOf } from '../failure-text.ts';
import { openPlace } from '../open-place.ts';
import type { WebviewHost } from '../webviews/webview-host.ts';
import { onFileChange } from './file-change.ts';

type Reading = Extract<ToHeap, { readonly type: 'reading' }>;

const LONGEST = 600;

/** Gives one heap snapshot's page its data. The server holds the heap as long as the editor is open, also while it is hidden. */
export class HeapHost {
  readonly #host: WebviewHost<ToHeap, FromHeap>;
  readonly #shown: HeapShown;
  readonly #connection: Connection;
  /** Of the heap on the server; another one each time that the file is read. */
  #id = '';
  #summary: Promise<HeapSummary> | undefined;
  /** Told again to a page that comes back; absent when it is over. */
  #reading: Reading | undefined;
  #change: 'changed' | 'deleted' | undefined;

  constructor(host: WebviewHost<ToHeap, FromHeap>, shown: HeapShown, connection: Connection) {
    this.#host = host;
    this.#shown = shown;
    this.#connection = connection;
    host.onMessage(message => this.#onMessage(message));
    host.own(
      connection.on('slowcatch/heapProgress', ({ id, ...progress }) => {
        if (id === this.#id) this.#tellReading(progress);
      }),
    );
    host.own(onFileChange(shown.file, change => this.#changed(change)));
    host.own({ dispose: () => this.#close() });
  }

  async #onMessage(message: FromHeap | ViewReady): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#show();
      case 'retry':
        this.#close();
        return this.#show();
      case 'cancel':
        return this.#cancel();
      case 'rows': {
        const { ask, group, from } = message;
        return this.#answer(ask, async id => ({
          ...{ type: 'rows', ask },
          rows: await this.#connection.request('slowcatch/heapRows', {
            ...{ id, group, from, count: ROWS_AT_A_TIME },
          }),
        }));
      }
      case 'detail': {
        const { ask, of } = message;
        return this.#answer(ask, async id => ({
          ...{ type: 'detail', ask },
          detail: await this.#connection.request('slowcatch/heapDetail', { id, of }),
        }));
      }
      case 'open':
        return openPlace(message.place);
      case 'copy':
        return copyText(message.text);
    }
  }

  /** A page that comes back gets the heap that is there. */
  async #show(): Promise<void> {
    this.#summary ??= this.#read();
    if (this.#reading) this.#host.post(this.#reading);
    await this.#host.postLast(this.#message(this.#summary));
    if (this.#change) this.#host.post({ type: 'changed', change: this.#change });
  }

  async #read(): Promise<HeapSummary> {
    const id = (this.#id = randomUUID());
    const { file, name } = this.#shown;
    this.#change = undefined;
    this.#reading = { type: 'reading', text: vscode.l10n.t('Reading {0} …', plainText(name)) };
    void this.#tellSize(id);
    try {
      return await this.#connection.request('slowcatch/heapOpen', { id, file });
    } finally {
      if (this.#id === id) this.#reading = undefined;
    }
  }

  async #tellSize(id: string): Promise<void> {
    const { file, name } = this.#shown;
    // Of what is no file reading it says what is wrong.
    const { size } = await fs.stat(file).catch(() => ({ size: 0 }));
    if (size === 0 || this.#id !== id || !this.#reading) return;
    const text = vscode.l10n.t('Reading {0} ({1}) …', plainText(name), formatBytes(bytes(size)));
    this.#tellReading({ text });
  }

  #tellReading(change: Omit<Partial<Reading>, 'type'>): void {
    if (!this.#reading) return;
    this.#reading = { ...this.#reading, ...change };
    this.#host.post(this.#reading);
  }

  async #message(asked: Promise<HeapSummary>): Promise<ToHeap> {
    try {
      return { type: 'show', summary: await asked };
    } catch (error) {
      return { type: 'failed', ...failureWords(error) };
    }
  }

  async #answer(ask: number, make: (id: string) => Promise<ToHeap>): Promise<void> {
    try {
      this.#host.post(await make(this.#id));
    } catch (error) {
      // The server was started anew.
      if (failureCode(error) === 'view-gone') return this.#readAgain(ask);
      this.#host.post({ type: 'refused', ask, message: failureWords(error).message });
    }
    return undefined;
  }

  async #readAgain(ask: number): Promise<void> {
    this.#host.post({ type: 'refused', ask, message: '' });
    this.#summary = undefined;
    await this.#show();
  }

  #cancel(): Promise<void> {
    this.#close();
    return this.#host.postLast(
      Promise.resolve({
        type: 'failed',
        message: vscode.l10n.t('Reading was cancelled.'),
        advice: vscode.l10n.t('Nothing of the file is held in memory.'),
      }),
    );
  }

  #changed(change: 'changed' | 'deleted'): void {
    this.#change = change;
    this.#host.post({ type: 'changed', change });
  }

  /** Nobody waits for it: a server that is gone holds nothing. */
  #close(): void {
    if (!this.#summary) return;
    this.#summary.catch(() => undefined);
    this.#summary = undefined;
    this.#connection.request('slowcatch/heapClose', { id: this.#id }).catch(() => undefined);
    this.#id = '';
    this.#reading = undefined;
  }
}

function failureWords(error: unknown): { readonly message: string; readonly advice: string } {
  const { message, advice } = failureOf(error) ?? { message: String(error), advice: '' };
  return { message: plainText(message, LONGEST), advice: plainText(advice, LONGEST) };
}
