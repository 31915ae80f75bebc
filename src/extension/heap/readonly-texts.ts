import * as vscode from 'vscode';

/** More than anyone has open. */
const MOST_TEXTS = 20;

/** Texts in editors that cannot be changed and are not to be saved; each by an address of its own. */
export class ReadonlyTexts implements vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  #last = 0;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: uri => this.#texts.get(uri.toString()),
    });
  }

  async show(title: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: `/${title}`, query: String(++this.#last) });
    this.#texts.set(uri.toString(), text);
    for (const old of [...this.#texts.keys()].slice(0, -MOST_TEXTS)) this.#texts.delete(old);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
