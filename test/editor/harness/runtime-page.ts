/** The page of the GC and runtime view, in a browser alone. */
import type { Browser } from 'playwright-core';
import type { RuntimeView } from '../../../src/contracts/views/runtime.ts';
import type { RuntimeFromView, RuntimeToView } from '../../../src/contracts/views/runtime-messages.ts';
import { openPage, type PageAlone, type PageOptions, type ViewAlone } from './page-alone.ts';

export type RuntimePage = PageAlone<RuntimeView, RuntimeToView, RuntimeFromView>;

const RUNTIME: ViewAlone<RuntimeView, RuntimeToView> = {
  bundle: 'runtime',
  show: uri => ({ type: 'show', uri }),
};

export const openRuntimePage = (browser: Browser, options?: PageOptions): Promise<RuntimePage> =>
  openPage(browser, RUNTIME, options);
