/** The view of a heap snapshot: what its host and its page tell each other. Names are untrusted. */
import type { HeapDetail, HeapGroup, HeapOrder, HeapRows, HeapSubject, HeapSummary } from '../heap-rows.ts';
import type { HeapStep } from '../heap-worker.ts';
import type { SourcePlace } from '../source-place.ts';

/** What one editor shows. */
export interface HeapShown {
  /** Absolute path. */
  readonly file: string;
  readonly name: string;
}

export type ToHeap =
  | { readonly type: 'reading'; readonly text: string; readonly step?: HeapStep; readonly share?: number }
  | { readonly type: 'show'; readonly summary: HeapSummary }
  | { readonly type: 'failed'; readonly message: string; readonly advice: string }
  | { readonly type: 'rows'; readonly ask: number; readonly rows: HeapRows }
  | { readonly type: 'detail'; readonly ask: number; readonly detail: HeapDetail }
  /** There is no answer to a question. */
  | { readonly type: 'refused'; readonly ask: number; readonly message: string }
  /** The file is not the one any more that is shown. */
  | { readonly type: 'changed'; readonly change: 'changed' | 'deleted' };

export type FromHeap =
  | {
      readonly type: 'rows';
      /** Names the question in the answer. */
      readonly ask: number;
      readonly group: HeapGroup;
      readonly from: number;
    }
  | { readonly type: 'detail'; readonly ask: number; readonly of: HeapSubject }
  | { readonly type: 'open'; readonly place: SourcePlace }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' };

/** So many rows are asked for at a time. */
export const ROWS_AT_A_TIME = 100;

export type HeapTab = 'classes' | 'dominators';

/** What the page keeps over hiding and reloads. */
export interface HeapKept {
  readonly tab: HeapTab;
  readonly order: HeapOrder;
  readonly isAscending: boolean;
  readonly filter: string;
}
