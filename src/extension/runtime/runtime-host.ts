import * as vscode from 'vscode';
import type { TimeRange } from '../../contracts/profile-source.ts';
import { sourceOf } from '../../contracts/profile-source.ts';
import type { ViewReady } from '../../contracts/views/page.ts';
import type { RuntimeFromView, RuntimeShown, RuntimeToView } from '../../contracts/views/runtime-messages.ts';
import { plainText } from '../../format/untrusted.ts';
import { OPEN_FLAMEGRAPH, SHOW_RANGE } from '../commands.ts';
import type { Connection } from '../connection.ts';
import type { RecordingsModel } from '../recordings.ts';
import { failureOf } from '../failure-text.ts';
import { showFailure } from '../failures.ts';
import type { WebviewHost } from '../webviews/webview-host.ts';

export interface RuntimeParts {
  readonly connection: Connection;
  readonly model: RecordingsModel;
}

const LONGEST = 600;

/** Gives one GC and runtime view its data: a file at first, rows while the recording goes on, all of it at its end. */
export class RuntimeHost {
  readonly shown: RuntimeShown;
  readonly #host: WebviewHost<RuntimeToView, RuntimeFromView>;
  readonly #connection: Connection;
  readonly #model: RecordingsModel;

  constructor(
    host: WebviewHost<RuntimeToView, RuntimeFromView>,
    shown: RuntimeShown,
    { connection, model }: RuntimeParts,
  ) {
    this.shown = shown;
    this.#host = host;
    this.#connection = connection;
    this.#model = model;
    host.onMessage(message => this.#onMessage(message));
    host.own(
      connection.on('slowcatch/runtimeUpdate', update => {
        if (update.id === shown.id) host.post({ type: 'update', update });
      }),
    );
    host.own({
      dispose: () => {
        if (this.#isOfAnotherWindow) void this.#watch(false).catch(showFailure);
      },
    });
    host.own(
      connection.on('slowcatch/capture', ({ id, state }) => {
        if (id === shown.id && (state === 'saved' || state === 'failed')) void this.#show();
      }),
    );
  }

  async #onMessage(message: RuntimeFromView | ViewReady): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#show();
      case 'hotLines':
        return this.#hotLines(message.range);
      case 'flamegraph':
        await vscode.commands.executeCommand(OPEN_FLAMEGRAPH, {
          ...{ source: sourceOf(this.shown.id), name: this.shown.name, range: message.range },
        });
        return undefined;
      case 'text':
        return showText(message.text);
    }
  }

  async #hotLines(range: TimeRange): Promise<void> {
    await vscode.commands.executeCommand(SHOW_RANGE, { id: this.shown.id, range });
    await vscode.commands.executeCommand('slowcatch.view.focus', { preserveFocus: true });
  }

  async #show(): Promise<void> {
    await this.#host.postLast(this.#message());
    if (this.#isOfAnotherWindow) await this.#watch(true);
  }

  /** Captures of this window are watched anyway (RecordingsModel). */
  get #isOfAnotherWindow(): boolean {
    const { entries, captures } = this.#model;
    const { id } = this.shown;
    const isLive = entries.some(entry => entry.id === id && entry.state === 'recording');
    return isLive && !captures.some(capture => capture.id === id);
  }

  async #watch(isOn: boolean): Promise<void> {
    await this.#connection.request('slowcatch/watchRuntime', { id: this.shown.id, isOn });
  }

  /** What is wrong stands in the page, where the charts would be. */
  async #message(): Promise<RuntimeToView> {
    try {
      const { file } = await this.#connection.request('slowcatch/runtime', { id: this.shown.id });
      return { type: 'show', uri: this.#host.uriOf(file) };
    } catch (error) {
      const { message, advice } = failureOf(error) ?? { message: String(error), advice: '' };
      return { type: 'failed', message: plainText(message, LONGEST), advice: plainText(advice, LONGEST) };
    }
  }
}

async function showText(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
