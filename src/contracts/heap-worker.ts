/**
 * The thread that reads heap snapshots, and what its host asks of it: of one heap, or of several that are compared. Both
 * sides import this.
 */
import type { HeapDocument } from './heap-document.ts';
import type { HeapDetail, HeapGroup, HeapRows, HeapSubject, HeapSummary } from './heap-rows.ts';
import type { LeakVerdict } from './leaks.ts';
import type { UserErrorCode } from './user-error.ts';

/** What the thread is started with. */
export interface HeapWorkerData {
  /** Absolute path of the heap that is opened; without it snapshots are added to a comparison one by one. */
  readonly file?: string;
  /** What a heap's columns may take. */
  readonly mostBytes: number;
}

export interface Page {
  readonly from: number;
  readonly count: number;
}

/** By question: what is asked, and what is answered. */
export interface HeapQuestions {
  readonly document: { readonly ask: { readonly name: string }; readonly answer: HeapDocument };
  readonly summary: { readonly ask: { readonly name: string }; readonly answer: HeapSummary };
  readonly rows: { readonly ask: Page & { readonly group: HeapGroup }; readonly answer: HeapRows };
  readonly detail: { readonly ask: HeapSubject; readonly answer: HeapDetail };
}

export type HeapQuestion = keyof HeapQuestions;

/** Operations of each epoch, one number fewer than snapshots, and what one is called. */
export interface CountedOperations {
  readonly of: string;
  readonly counts: readonly number[];
}

export interface ReadSnapshot {
  readonly objects: number;
  readonly contexts: number;
  readonly fileBytes: number;
}

/** Of a comparison. */
export interface ComparisonQuestions {
  /** The next snapshot, absolute path; of the one before only a trace stays. `isGrowing`: it is just being written. */
  readonly add: {
    readonly ask: { readonly file: string; readonly isGrowing: boolean };
    readonly answer: ReadSnapshot;
  };
  /** Nothing more will be written to the file that grows. */
  readonly written: { readonly ask: undefined; readonly answer: undefined };
  /** Copies the last one without the contents of its strings; absolute path. Of a comparison all have one salt. */
  readonly redact: {
    readonly ask: { readonly to: string; readonly salt: string };
    readonly answer: undefined;
  };
  /** `dist`: the folder of the bundles, where the parser lies. */
  readonly verdicts: {
    readonly ask: { readonly dist: string; readonly operations?: CountedOperations };
    readonly answer: readonly LeakVerdict[];
  };
}

export interface HeapRequest {
  readonly id: number;
  readonly question: string;
  readonly ask: unknown;
}

/** What the thread is doing while a file is opened, or compared with the ones before. */
export type HeapStep = 'reading' | 'references' | 'dominators' | 'classes' | 'comparing';

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
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly failure: HeapFailure };
