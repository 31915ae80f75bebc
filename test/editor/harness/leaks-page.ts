/** The leak report's page, in a browser alone. */
import type { Browser } from 'playwright-core';
import type { FromLeaks, LeaksView, ToLeaks } from '../../../src/contracts/views/leaks.ts';
import { openPage, type PageAlone, type PageOptions, type ViewAlone } from './page-alone.ts';

type LeaksPage = PageAlone<LeaksView, ToLeaks, FromLeaks>;

const LEAKS: ViewAlone<LeaksView, ToLeaks> = {
  bundle: 'leaks',
  show: uri => ({ type: 'show', uri }),
};

export const openLeaksPage = (browser: Browser, options?: PageOptions): Promise<LeaksPage> =>
  openPage(browser, LEAKS, options);
