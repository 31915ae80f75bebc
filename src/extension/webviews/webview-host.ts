import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ViewReady } from '../../contracts/views/page.ts';
import { showFailure } from '../failures.ts';
import { pageHtml } from './page.ts';

/** Where views come from, and where the server writes their data. */
export interface ViewFolders {
  /** Holds `dist/webview/<view>.js` and `.css`. */
  readonly extensionUri: vscode.Uri;
  /** `ServerOptions.viewsFolder`. */
  readonly views: vscode.Uri;
}

/** What a page consists of. */
export interface ViewPage {
  /** Name of the bundle of `webview-ui/`: `flame`, `runtime`. */
  readonly view: string;
  /** See `Page`. */
  readonly hasInlineStyles?: boolean;
  /** What is shown, as JSON knows it: given back to `ViewPanels` after a reload of the window. */
  readonly shown: unknown;
}

type Message = { readonly type: string };

/**
 * A view in a panel, one that was made for it or one of a custom editor. Its page is dropped while it is hidden and
 * made anew when it is shown again; it says `ready` each time, and gets its data then. Data goes by view files
 * (`uriOf`), messages are small. When the panel is closed everything that belongs to the host is disposed of, also what
 * arrives later.
 */
export class WebviewHost<ToView extends Message, FromView extends Message> implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #folders: ViewFolders;
  readonly #page: ViewPage;
  readonly #owned: vscode.Disposable[] = [];
  #isDisposed = false;
  #turn = 0;

  constructor(panel: vscode.WebviewPanel, folders: ViewFolders, page: ViewPage) {
    this.panel = panel;
    this.#folders = folders;
    this.#page = page;
    panel.onDidDispose(() => this.dispose());
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [this.#dist(), folders.views],
    };
    this.load();
  }

  /** Loads the page anew; what the view keeps stays. */
  load(): void {
    if (this.#isDisposed) return;
    const { webview, title } = this.panel;
    const { view, hasInlineStyles, shown } = this.#page;
    webview.html = pageHtml({
      ...{ title, cspSource: webview.cspSource, nonce: randomBytes(16).toString('base64') },
      scripts: [this.#bundle(`${view}.js`)],
      styles: [this.#bundle(`${view}.css`)],
      ...(hasInlineStyles === undefined ? {} : { hasInlineStyles }),
      shown: JSON.stringify(shown),
    });
  }

  /** What a handler rejects with is told to the user. */
  onMessage(handler: (message: FromView | ViewReady) => Promise<void> | void): void {
    this.own(
      this.panel.webview.onDidReceiveMessage((message: FromView | ViewReady) => {
        Promise.resolve()
          .then(() => handler(message))
          .catch(showFailure);
      }),
    );
  }

  /** A view that is hidden or closed gets nothing; it asks again when it is shown. */
  post(message: ToView): void {
    if (!this.#isDisposed) void this.panel.webview.postMessage(message);
  }

  /** Posts what takes a while to make, unless something else was asked for in the meantime. */
  async postLast(making: Promise<ToView>): Promise<void> {
    const turn = ++this.#turn;
    const message = await making;
    if (turn === this.#turn) this.post(message);
  }

  /** Address at which the view can fetch a file of the views' folder; empty when the view is closed. */
  uriOf(file: string): string {
    return this.#isDisposed ? '' : this.panel.webview.asWebviewUri(vscode.Uri.file(file)).toString();
  }

  /** Address of a file of `dist/webview`. */
  bundleUri(name: string): string {
    return this.#isDisposed ? '' : this.#bundle(name);
  }

  /** Disposed of with the panel; at once when that is closed already. */
  own(disposable: vscode.Disposable): void {
    if (this.#isDisposed) disposable.dispose();
    else this.#owned.push(disposable);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const each of this.#owned.splice(0)) each.dispose();
    this.panel.dispose();
  }

  #dist(): vscode.Uri {
    return vscode.Uri.joinPath(this.#folders.extensionUri, 'dist', 'webview');
  }

  #bundle(name: string): string {
    return this.panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#dist(), name)).toString();
  }
}
