import * as vscode from 'vscode';
import type { ViewReady } from '../../contracts/views/page.ts';
import type { FromOperation, OperationShown, ToOperation } from '../../contracts/views/operation.ts';
import { plainText } from '../../format/untrusted.ts';
import { OPEN_FLAMEGRAPH } from '../commands.ts';
import type { Connection } from '../connection.ts';
import { failureOf } from '../failure-text.ts';
import { openPlace } from '../open-place.ts';
import type { WebviewHost } from '../webviews/webview-host.ts';
import { copyOperation } from './copy-operation.ts';
import { flameOf } from './flame-of.ts';

const LONGEST = 600;

export const titleOf = ({ name }: Pick<OperationShown, 'name'>): string => plainText(name, 60);

/** Gives the operation panel its data: one panel, which shows one operation after the other. */
export class OperationHost {
  readonly #host: WebviewHost<ToOperation, FromOperation>;
  readonly #connection: Connection;
  #shown: OperationShown;
  #isReady = false;

  constructor(host: WebviewHost<ToOperation, FromOperation>, shown: OperationShown, connection: Connection) {
    this.#host = host;
    this.#shown = shown;
    this.#connection = connection;
    host.onMessage(message => this.#onMessage(message));
    host.own(
      host.panel.onDidChangeViewState(() => {
        // Its page is dropped, and says so when it is there again.
        if (!host.panel.visible) this.#isReady = false;
      }),
    );
  }

  /** Another operation than before, perhaps of another recording. */
  async show(shown: OperationShown): Promise<void> {
    this.#shown = shown;
    if (this.#isReady) await this.#send();
  }

  async #onMessage(message: FromOperation | ViewReady): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        return this.#send();
      case 'step':
        return this.#send(message.by);
      case 'operation':
        return this.show({ ...this.#shown, key: message.key, name: message.name });
      case 'open':
        return openPlace(message.place);
      case 'copy':
        return copyOperation(this.#connection, this.#shown);
      case 'flamegraph':
        await vscode.commands.executeCommand(
          OPEN_FLAMEGRAPH,
          message.of === 'operation' ? flameOf(this.#shown) : flameOf({ ...this.#shown, kind: message.kind }),
        );
    }
  }

  async #send(step?: -1 | 1): Promise<void> {
    await this.#host.postLast(this.#message(step));
  }

  /** What is wrong stands in the page, where the operation would be. */
  async #message(step: -1 | 1 | undefined): Promise<ToOperation> {
    const { id, key } = this.#shown;
    const asked = { id, key, ...(step === undefined ? {} : { step }) };
    try {
      const { file, ...now } = await this.#connection.request('slowcatch/operation', asked);
      this.#shown = { id, ...now };
      this.#host.panel.title = titleOf(this.#shown);
      return { type: 'show', shown: this.#shown, uri: this.#host.uriOf(file) };
    } catch (error) {
      const { message, advice } = failureOf(error) ?? { message: String(error), advice: '' };
      return { type: 'failed', message: plainText(message, LONGEST), advice: plainText(advice, LONGEST) };
    }
  }
}
