import * as vscode from 'vscode';
import type { ViewState } from '../../contracts/views/page.ts';
import { WebviewHost, type ViewFolders, type ViewPage } from './webview-host.ts';

type Message = { readonly type: string };

/** One kind of view. `Shown`, which JSON keeps, is what one panel of it shows. */
export interface ViewKind<Shown, ToView extends Message, FromView extends Message> {
  /** `slowcatch.flame`; `onWebviewPanel:slowcatch.flame` has to be an activation event. */
  readonly viewType: string;
  readonly page: Omit<ViewPage, 'shown'>;
  readonly titleOf: (shown: Shown) => string;
  /** From what VS Code has kept, perhaps for an older version; undefined closes the panel. */
  readonly parse: (kept: unknown) => Shown | undefined;
  /** Gives the view what it asks for; owns by `host.own`. */
  readonly attach: (host: WebviewHost<ToView, FromView>, shown: Shown) => void;
}

/** The panels of one kind of view: one per thing that is shown, which come back after a reload of the window. */
export class ViewPanels<Shown, ToView extends Message, FromView extends Message>
  implements vscode.Disposable
{
  readonly #folders: ViewFolders;
  readonly #kind: ViewKind<Shown, ToView, FromView>;
  readonly #hosts = new Map<string, WebviewHost<ToView, FromView>>();
  readonly #serializer: vscode.Disposable;

  constructor(folders: ViewFolders, kind: ViewKind<Shown, ToView, FromView>) {
    this.#folders = folders;
    this.#kind = kind;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      // oxlint-disable-next-line typescript/require-await -- VS Code wants a promise.
      deserializeWebviewPanel: async (panel, state: ViewState | undefined) => {
        const shown = kind.parse(state?.shown);
        if (shown === undefined) panel.dispose();
        else this.#add(panel, shown);
      },
    });
  }

  /** Shows the panel of this thing: the one there is, else a new one. */
  open(shown: Shown): WebviewHost<ToView, FromView> {
    const known = this.#hosts.get(JSON.stringify(shown));
    if (known) {
      known.panel.reveal();
      return known;
    }
    const { viewType, titleOf } = this.#kind;
    const panel = vscode.window.createWebviewPanel(viewType, titleOf(shown), vscode.ViewColumn.Active, {
      enableFindWidget: false,
    });
    return this.#add(panel, shown);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const host of this.#hosts.values()) host.dispose();
  }

  #add(panel: vscode.WebviewPanel, shown: Shown): WebviewHost<ToView, FromView> {
    const key = JSON.stringify(shown);
    panel.title = this.#kind.titleOf(shown);
    panel.iconPath = new vscode.ThemeIcon('flame');
    const host = new WebviewHost<ToView, FromView>(panel, this.#folders, { ...this.#kind.page, shown });
    this.#hosts.set(key, host);
    host.own({
      dispose: () => {
        if (this.#hosts.get(key) === host) this.#hosts.delete(key);
      },
    });
    this.#kind.attach(host, shown);
    return host;
  }
}
