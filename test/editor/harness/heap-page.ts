/** The page of a heap snapshot, in a browser alone, with what a heap answers. */
import type { Browser } from 'playwright-core';
import type { HeapFiles } from '../../../src/analysis/heap/heap-places.ts';
import { HeapRowPages } from '../../../src/analysis/heap/heap-rows.ts';
import { heapDetail, heapSummary } from '../../../src/analysis/heap/heap-summary.ts';
import type {
  HeapDetail,
  HeapGroup,
  HeapRows,
  HeapSubject,
  HeapSummary,
} from '../../../src/contracts/heap-rows.ts';
import { ROWS_AT_A_TIME, type FromHeap, type ToHeap } from '../../../src/contracts/views/heap.ts';
import type { Heap } from '../../../src/model/heap/heap.ts';
import { openPage, type PageAlone, type PageOptions, type ViewAlone } from './page-alone.ts';

export interface AskedHeap {
  readonly summary: HeapSummary;
  readonly rows: (group: HeapGroup, from: number) => HeapRows | Promise<HeapRows>;
  readonly detail: (of: HeapSubject) => HeapDetail | Promise<HeapDetail>;
}

export type HeapPage = PageAlone<AskedHeap, ToHeap, FromHeap>;

const HEAP: ViewAlone<AskedHeap, ToHeap, FromHeap> = {
  bundle: 'heap',
  show: (_uri, { summary }) => ({ type: 'show', summary }),
  answer: async (message, heap) => {
    if (message.type === 'rows')
      return { type: 'rows', ask: message.ask, rows: await heap.rows(message.group, message.from) };
    if (message.type === 'detail')
      return { type: 'detail', ask: message.ask, detail: await heap.detail(message.of) };
    return undefined;
  },
};

export const openHeapPage = (browser: Browser, options?: PageOptions): Promise<HeapPage> =>
  openPage(browser, HEAP, options);

/** A heap that is there, as the thread that holds it answers. */
export function askedHeap(heap: Heap, files: HeapFiles, name: string): AskedHeap {
  const pages = new HeapRowPages(heap, files);
  return {
    summary: heapSummary(heap, files, name),
    rows: (group, from) => pages.page(group, { from, count: ROWS_AT_A_TIME }),
    detail: of => heapDetail(heap, files, of),
  };
}
