import * as vscode from 'vscode';
import { sourceId, type Metric } from '../../contracts/profile-source.ts';
import type { ServerFailure } from '../../contracts/server.ts';
import type {
  FlameOrder,
  FlamePage,
  FlameShown,
  FlameView,
  FromFlame,
  ToFlame,
} from '../../contracts/views/flame.ts';
import type { ViewReady } from '../../contracts/views/page.ts';
import { formatBytes } from '../../format/numbers.ts';
import { plainText } from '../../format/untrusted.ts';
import { bytes } from '../../contracts/units.ts';
import { EXPORT } from '../commands.ts';
import type { Connection } from '../connection.ts';
import { failureOf } from '../failure-text.ts';
import { openPlace } from '../open-place.ts';
import type { RecordingsModel } from '../recordings.ts';
import type { WebviewHost } from '../webviews/webview-host.ts';
import { pickFunction } from './pick-function.ts';

/** The function that a view is opened for: its index, or where it begins. */
export type Focus =
  | { readonly index: number }
  | { readonly place: { readonly file: string; readonly line: number; readonly name?: string } };

export interface FlameParts {
  readonly connection: Connection;
  readonly model: RecordingsModel;
}

/** Gives one flamegraph its data, and does what is asked for in it. */
export class FlameHost {
  readonly shown: FlameShown;
  readonly #host: WebviewHost<ToFlame, FromFlame>;
  readonly #parts: FlameParts;
  /** What the page shows, or is about to; absent until it was asked for the first time. */
  #view: Promise<FlameView> | undefined;
  #metric: Metric | undefined;
  #order: FlameOrder | undefined;
  #focus: Focus | undefined;
  /** Whether the page can take more than its first message. */
  #isReady = false;

  constructor(host: WebviewHost<ToFlame, FromFlame>, shown: FlameShown, parts: FlameParts) {
    this.shown = shown;
    this.#host = host;
    this.#parts = parts;
    host.onMessage(message => this.#onMessage(message));
    host.own(
      host.panel.onDidChangeViewState(() => {
        // Its page is dropped, and says so when it is there again.
        if (!host.panel.visible) this.#isReady = false;
      }),
    );
    host.own(
      parts.model.onChange(change => {
        const hints = this.#hints();
        if (change === 'open' && hints) host.post({ type: 'hints', hints });
      }),
    );
  }

  /** Selects a function, as soon as there is something to select it in. */
  async focus(focus: Focus): Promise<void> {
    this.#focus = focus;
    if (!this.#isReady || !this.#view) return;
    const index = await this.#focused((await this.#view).id);
    if (index !== undefined) this.#host.post({ type: 'focus', index });
  }

  /** Lets the user choose a function to focus on. */
  async pickFunction(): Promise<void> {
    this.#view ??= this.#request();
    const { id } = await this.#view;
    const functions = await this.#parts.connection.request('slowcatch/flameFunctions', { id });
    const picked = await pickFunction(functions);
    if (picked) await this.focus({ index: picked.index });
  }

  async #onMessage(message: FromFlame | ViewReady): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#metric ??= this.#shownMetric();
        return this.#show();
      case 'retry':
        return this.#show();
      case 'restore':
        this.#metric ??= message.metric;
        this.#order ??= message.order;
        return this.#show();
      case 'order':
        this.#order = message.order;
        return this.#show();
      case 'metric':
        this.#metric = message.metric;
        return this.#show();
      case 'open':
        return this.#openPlace(message.index);
      case 'pickFunction':
        return this.pickFunction();
      case 'export':
        await vscode.commands.executeCommand(EXPORT, this.shown.source);
        return undefined;
      case 'showHints':
        return this.showHints();
      case 'clearHints':
        return this.#hints() === 'shown' ? this.#parts.model.close() : undefined;
    }
  }

  /** Marks the lines of the workspace's files from this source. */
  async showHints(): Promise<void> {
    await this.#parts.model.open(sourceId(this.shown.source));
  }

  /** What the hints of the same source are of: a flamegraph begins with it. */
  #shownMetric(): Metric | undefined {
    const { view } = this.#parts.model;
    return view?.entry.id === sourceId(this.shown.source) ? view.metric : undefined;
  }

  async #show(): Promise<void> {
    this.#isReady = false;
    this.#host.post({
      type: 'reading',
      text: await this.#readingText(),
      speedscope: this.#speedscope(),
    });
    this.#view = this.#request();
    await this.#host.postLast(this.#message(this.#view));
    this.#isReady = true;
  }

  #request(): Promise<FlameView> {
    const { source, range } = this.shown;
    return this.#parts.connection.request('slowcatch/flame', {
      source,
      ...(range ? { range } : {}),
      ...(this.#order ? { order: this.#order } : {}),
      ...(this.#metric ? { metric: this.#metric } : {}),
    });
  }

  /** What is wrong stands in the page, where the flamegraph would be. */
  async #message(asked: Promise<FlameView>): Promise<ToFlame> {
    try {
      const view = await asked;
      const focus = await this.#focused(view.id);
      return { type: 'show', page: this.#page(view, focus) };
    } catch (error) {
      return { type: 'failed', ...failureText(error) };
    }
  }

  #page(view: FlameView, focus: number | undefined): FlamePage {
    const hints = this.#hints();
    return {
      ...view,
      tableFile: this.#host.uriOf(view.tableFile),
      ...(view.flameFile === undefined ? {} : { flameFile: this.#host.uriOf(view.flameFile) }),
      ...(hints ? { hints } : {}),
      ...(focus === undefined ? {} : { focus }),
    };
  }

  #speedscope() {
    return {
      script: this.#host.bundleUri('speedscope/speedscope.js'),
      style: this.#host.bundleUri('speedscope/speedscope.css'),
      font: this.#host.bundleUri('speedscope/source-code-pro.woff2'),
    };
  }

  /** Once: what was focused is the page's to keep. */
  async #focused(id: string): Promise<number | undefined> {
    const focus = this.#focus;
    this.#focus = undefined;
    if (!focus) return undefined;
    if ('index' in focus) return focus.index;
    const index = await this.#parts.connection.request('slowcatch/flameFunctionAt', { id, ...focus.place });
    return index ?? undefined;
  }

  async #openPlace(index: number): Promise<void> {
    const view = await this.#view;
    const place =
      view && (await this.#parts.connection.request('slowcatch/flamePlace', { id: view.id, index }));
    if (place) await openPlace(place);
  }

  #hints(): 'shown' | 'hidden' | undefined {
    const { source } = this.shown;
    if (source.kind !== 'file') return undefined;
    return this.#parts.model.view?.entry.id === sourceId(source) ? 'shown' : 'hidden';
  }

  async #readingText(): Promise<string> {
    const { source, name } = this.shown;
    if (source.kind === 'recording') return vscode.l10n.t('Reading {0} …', plainText(name));
    try {
      const { size } = await vscode.workspace.fs.stat(vscode.Uri.file(source.file));
      return vscode.l10n.t('Reading {0} ({1}) …', plainText(name), formatBytes(bytes(size)));
    } catch {
      // Reading it says what is wrong.
      return vscode.l10n.t('Reading {0} …', plainText(name));
    }
  }
}

function failureText(error: unknown): Pick<ServerFailure, 'message' | 'advice'> {
  const failure = failureOf(error);
  return failure
    ? { message: plainText(failure.message, 600), advice: plainText(failure.advice, 600) }
    : { message: plainText(String(error), 600), advice: '' };
}
