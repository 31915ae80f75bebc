import * as vscode from 'vscode';
import type { ViewState } from '../../contracts/views/page.ts';
import { WebviewHost, type ViewFolders, type ViewPage } from './webview-host.ts';

type Message = { readonly type: string };

/**
 * One kind of view. `Shown`, which JSON keeps, is what one panel of it shows; `Attached` is what gives that panel its
 * data.
 */
export interface ViewKind<Shown, ToView extends Message, FromView extends Message, Attached = void> {
  /** `slowcatch.flame`; `onWebviewPanel:slowcatch.flame` has to be an activation event. */
  readonly viewType: string;
  /** Codicon of the tab; a flame. */
  readonly icon?: string;
  readonly page: Omit<ViewPage, 'shown'>;
  readonly titleOf: (shown: Shown) => string;
  /** Things of one key are shown in one panel. */
  readonly keyOf: (shown: Shown) => string;
  /** From what VS Code has kept, perhaps for an older version; undefined closes the panel. */
  readonly parse: (kept: unknown) => Shown | undefined;
  /** Gives the view what it asks for; owns by `host.own`. */
  readonly attach: (host: WebviewHost<ToView, FromView>, shown: Shown) => Attached;
}

interface OpenPanel<ToView extends Message, FromView extends Message, Attached> {
  readonly host: WebviewHost<ToView, FromView>;
  readonly attached: Attached;
}

/** The panels of one kind of view: one per thing that is shown, which come back after a reload of the window. */
export class ViewPanels<Shown, ToView extends Message, FromView extends Message, Attached = void>
  implements vscode.Disposable
{
  readonly #folders: ViewFolders;
  readonly #kind: ViewKind<Shown, ToView, FromView, Attached>;
  readonly #open = new Map<string, OpenPanel<ToView, FromView, Attached>>();
  readonly #serializer: vscode.Disposable;

  constructor(folders: ViewFolders, kind: ViewKind<Shown, ToView, FromView, Attached>) {
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
  open(shown: Shown): Attached {
    const known = this.#open.get(this.#kind.keyOf(shown));
    if (known) {
      known.host.panel.reveal();
      return known.attached;
    }
    const { viewType, titleOf } = this.#kind;
    const panel = vscode.window.createWebviewPanel(viewType, titleOf(shown), vscode.ViewColumn.Active);
    return this.#add(panel, shown);
  }

  /** What is attached to the panel that has the focus. */
  get active(): Attached | undefined {
    return [...this.#open.values()].find(({ host }) => host.panel.active)?.attached;
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const { host } of this.#open.values()) host.dispose();
  }

  #add(panel: vscode.WebviewPanel, shown: Shown): Attached {
    const { page, icon = 'flame', titleOf, keyOf, attach } = this.#kind;
    const key = keyOf(shown);
    panel.title = titleOf(shown);
    panel.iconPath = new vscode.ThemeIcon(icon);
    const host = new WebviewHost<ToView, FromView>(panel, this.#folders, { ...page, shown });
    const attached = attach(host, shown);
    this.#open.set(key, { host, attached });
    host.own({
      dispose: () => {
        if (this.#open.get(key)?.host === host) this.#open.delete(key);
      },
    });
    return attached;
  }
}
