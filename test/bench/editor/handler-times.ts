import * as vscode from 'vscode';

/** Times the extension's own listeners to changes of documents. Made before the extension is activated. */
export class HandlerTimes {
  /** Milliseconds by version of the document: all that our listeners did with one change. */
  readonly #byVersion = new Map<number, number>();

  constructor() {
    // Files below one extension get one `vscode`: what it registers from now on is timed.
    const { workspace } = vscode;
    const listen = workspace.onDidChangeTextDocument;
    const timed: typeof listen = (listener, ...rest) =>
      listen(
        event => {
          const start = performance.now();
          listener(event);
          this.#add(event.document.version, performance.now() - start);
        },
        ...rest,
      );
    Object.assign(workspace, { onDidChangeTextDocument: timed });
  }

  /** What `type` has cost, by change. */
  async during(type: () => Promise<void>): Promise<number[]> {
    this.#byVersion.clear();
    await type();
    return [...this.#byVersion.values()];
  }

  #add(version: number, milliseconds: number): void {
    this.#byVersion.set(version, (this.#byVersion.get(version) ?? 0) + milliseconds);
  }
}
