import * as vscode from 'vscode';
import type { ReportAsked } from '../../contracts/server.ts';
import type { FromLeaks, LeaksShown, ToLeaks } from '../../contracts/views/leaks.ts';
import type { ViewReady } from '../../contracts/views/page.ts';
import { plainText } from '../../format/untrusted.ts';
import type { Connection } from '../connection.ts';
import { failureOf } from '../failure-text.ts';
import { showFailure } from '../failures.ts';
import { openPlace } from '../open-place.ts';
import type { WebviewHost } from '../webviews/webview-host.ts';

const LONGEST = 600;
const STATUS_MILLISECONDS = 2000;

/** Gives one leak report its data, anew whenever it has changed. */
export class LeaksHost {
  readonly #host: WebviewHost<ToLeaks, FromLeaks>;
  readonly #shown: LeaksShown;
  readonly #connection: Connection;
  #isReady = false;
  /** The verdict that somebody wants to see, until the page has been told. */
  #chosen: string | undefined;

  constructor(host: WebviewHost<ToLeaks, FromLeaks>, shown: LeaksShown, connection: Connection) {
    this.#host = host;
    this.#shown = shown;
    this.#connection = connection;
    if (shown.files) host.own({ dispose: () => this.#forget() });
    host.onMessage(message => this.#onMessage(message));
    host.own(
      host.panel.onDidChangeViewState(() => {
        // Its page is dropped, and says so when it is there again.
        if (!host.panel.visible) this.#isReady = false;
      }),
    );
    host.own(
      connection.on('slowcatch/leaksChanged', ({ id }) => {
        if (id === shown.id && this.#isReady) void this.#send();
      }),
    );
    host.own(
      connection.on('slowcatch/capture', ({ id, state }) => {
        const isOver = state === 'saved' || state === 'failed';
        if (id === shown.id && isOver && this.#isReady) void this.#send();
      }),
    );
  }

  get #asked(): ReportAsked {
    const { id, files } = this.#shown;
    return { id, ...(files ? { files } : {}) };
  }

  async choose(key: string): Promise<void> {
    this.#chosen = key;
    if (this.#isReady) await this.#send();
  }

  async #onMessage(message: FromLeaks | ViewReady): Promise<void> {
    const { id } = this.#shown;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        return this.#send();
      case 'snapshot':
        await this.#connection.request('slowcatch/takeSnapshot', { id, isForced: message.isForced });
        return undefined;
      case 'stop':
        await vscode.commands.executeCommand('slowcatch.stop');
        return undefined;
      case 'open':
        return openPlace(message.place);
      case 'copy':
        return this.#copy();
    }
  }

  /** The server keeps comparisons for as long as they are shown. */
  #forget(): void {
    this.#connection.request('slowcatch/heapClose', { id: this.#shown.id }).catch(showFailure);
  }

  async #copy(): Promise<void> {
    const { text } = await this.#connection.request('slowcatch/leaksText', this.#asked);
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied'), STATUS_MILLISECONDS);
  }

  async #send(): Promise<void> {
    await this.#host.postLast(this.#message());
  }

  /** What is wrong stands in the page, where the report would be. */
  async #message(): Promise<ToLeaks> {
    const chosen = this.#chosen;
    try {
      const { file } = await this.#connection.request('slowcatch/leaks', this.#asked);
      if (chosen !== undefined && chosen === this.#chosen) this.#chosen = undefined;
      return {
        ...{ type: 'show', uri: this.#host.uriOf(file) },
        ...(chosen === undefined ? {} : { chosen }),
      };
    } catch (error) {
      const { message, advice } = failureOf(error) ?? { message: String(error), advice: '' };
      return { type: 'failed', message: plainText(message, LONGEST), advice: plainText(advice, LONGEST) };
    }
  }
}
