/** Things that must be closed, in the reverse order of their opening, whatever goes wrong on the way. */
export class Closing {
  readonly #closers: (() => Promise<unknown>)[] = [];

  onClose(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  /** Closes all of them; throws the first error afterwards. */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse())
      await close().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }

  /** Answers what `open` answers; closes everything when it fails. */
  async opening<T>(open: () => Promise<T>): Promise<T> {
    try {
      return await open();
    } catch (error) {
      await this.close();
      throw error;
    }
  }
}
