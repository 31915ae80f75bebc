/** The operation panel's page, in a browser alone. */
import type { Browser } from 'playwright-core';
import type { FromOperation, OperationView, ToOperation } from '../../../src/contracts/views/operation.ts';
import { openPage, type PageAlone, type PageOptions, type ViewAlone } from './page-alone.ts';

export type OperationPage = PageAlone<OperationView, ToOperation, FromOperation>;

const OPERATION: ViewAlone<OperationView, ToOperation> = {
  bundle: 'operation',
  show: (uri, { key, name }) => ({ type: 'show', shown: { id: 'recording', key, name }, uri }),
};

export const openOperationPage = (browser: Browser, options?: PageOptions): Promise<OperationPage> =>
  openPage(browser, OPERATION, options);
