/** The thread that holds an opened heap, and what its host asks of it. Both sides import this. */
import type { HeapClassRow, HeapDocument, HeapObjectRow, HeapPathStep } from './heap-document.ts';
import type { UserErrorCode } from './user-error.ts';

/** What the thread is started with. */
export interface HeapWorkerData {
  /** Absolute. */
  readonly file: string;
  /** What the heap's columns may take. */
  readonly mostBytes: number;
}

export interface Page {
  readonly from: number;
  readonly count: number;
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  /** Of all rows. */
  readonly total: number;
}

export type ClassOrder = 'retainedBytes' | 'selfBytes' | 'count';

/** By question: what is asked, and what is answered. */
export interface HeapQuestions {
  readonly document: { readonly ask: { readonly name: string }; readonly answer: HeapDocument };
  readonly classes: {
    readonly ask: Page & { readonly order: ClassOrder };
    readonly answer: PageOf<HeapClassRow>;
  };
  /** Of a class, by retained size. */
  readonly objects: {
    readonly ask: Page & { readonly class: number };
    readonly answer: PageOf<HeapObjectRow>;
  };
  /** What a node is the immediate dominator of, by retained size. */
  readonly dominated: {
    readonly ask: Page & { readonly node: number };
    readonly answer: PageOf<HeapObjectRow>;
  };
  readonly path: { readonly ask: { readonly node: number }; readonly answer: readonly HeapPathStep[] };
}

export type HeapQuestion = keyof HeapQuestions;

export interface HeapRequest<Q extends HeapQuestion = HeapQuestion> {
  readonly id: number;
  readonly question: Q;
  readonly ask: HeapQuestions[Q]['ask'];
}

/** What the thread is doing while a file is opened. */
export type HeapStep = 'reading' | 'references' | 'dominators' | 'classes';

export interface HeapProgress {
  readonly step: HeapStep;
  /** Of reading, 0 … 1; of the other steps it is not known. */
  readonly share?: number;
}

export interface HeapFailure {
  readonly code: UserErrorCode;
  readonly values: Readonly<Record<string, string | number>>;
}

export type HeapWorkerMessage =
  | { readonly kind: 'progress'; readonly progress: HeapProgress }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly failure: HeapFailure }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: HeapQuestions[HeapQuestion]['answer'] }
  | { readonly kind: 'refused'; readonly id: number; readonly failure: HeapFailure };
