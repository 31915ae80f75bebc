/** One page after the other in one browser, for the tests of a file: opened by them, closed and looked after here. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { PageAlone, PageOptions } from './page-alone.ts';

export class TestedPage<View, To, From> {
  #browser: Browser | undefined;
  #opened: PageAlone<View, To, From> | undefined;

  constructor(
    private readonly openIn: (browser: Browser, options?: PageOptions) => Promise<PageAlone<View, To, From>>,
  ) {
    beforeAll(async () => {
      this.#browser = await launchBrowser();
    });
    afterAll(() => this.#browser?.close());
    afterEach(async () => {
      const opened = this.#opened;
      this.#opened = undefined;
      await opened?.close();
      // What the page's policy refuses is an error of the console too.
      if (opened && opened.errors.length > 0) throw new Error(opened.errors.join('\n'));
    });
  }

  /** The page that the running test has opened. */
  get now(): PageAlone<View, To, From> {
    if (!this.#opened) throw new Error('no page is open');
    return this.#opened;
  }

  async open(view: View, options: PageOptions = {}): Promise<PageAlone<View, To, From>> {
    if (!this.#browser) throw new Error('no browser runs');
    this.#opened = await this.openIn(this.#browser, options);
    await this.#opened.show(view);
    return this.#opened;
  }

  button(name: string): Locator {
    return this.now.page.getByRole('button', { name, exact: true });
  }
}
