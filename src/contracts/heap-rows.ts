/** What is shown of a heap that is open: numbers, rows, and what holds one of them. Sizes are bytes; names are untrusted. */
import type { SourcePlace } from './source-place.ts';

export interface HeapSummary {
  readonly name: string;
  readonly objectCount: number;
  readonly totalBytes: number;
  /** Outside of V8's heap, as far as V8 tells; beside `totalBytes`. */
  readonly extraNativeBytes: number;
  /** The node that everything hangs on. */
  readonly root: number;
  /** What retains most, the largest first; not what only hands a size on. */
  readonly largest: readonly HeapLargest[];
}

export interface HeapLargest {
  readonly node: number;
  /** `Map sessions`. */
  readonly words: string;
  /** `module sessions.ts`; absent where nothing of the program is known to hold it. */
  readonly holder?: string;
  readonly retainedBytes: number;
}

export type HeapOrder = 'name' | 'count' | 'selfBytes' | 'retainedBytes';

/** Rows that stand below one row, or at the top. */
export type HeapGroup =
  | {
      readonly kind: 'classes';
      readonly order: HeapOrder;
      readonly isAscending: boolean;
      /** Part of a name or a file, in any case; all classes where it is empty. */
      readonly filter: string;
    }
  /** Objects of a class, the largest first. */
  | { readonly kind: 'class'; readonly class: number; readonly order: 'selfBytes' | 'retainedBytes' }
  /** What would go with an object, the largest first. */
  | { readonly kind: 'dominated'; readonly node: number };

export type HeapSubject =
  { readonly kind: 'class'; readonly number: number } | { readonly kind: 'object'; readonly number: number };

export interface HeapRow {
  readonly kind: HeapSubject['kind'];
  /** Of the class, or of the node. */
  readonly number: number;
  readonly name: string;
  /** Name by which the row above holds it: `sessions`, `[3]`. */
  readonly heldAs?: string;
  /** V8's id of an object: the same in all snapshots of a process. */
  readonly id?: number;
  /** Objects of a class. */
  readonly count?: number;
  readonly selfBytes: number;
  readonly retainedBytes: number;
  /** Whether there are rows below it. */
  readonly hasBelow: boolean;
  readonly place?: HeapPlace;
}

/** Where the function of a closure or the constructor of an object stands. */
export interface HeapPlace extends Required<SourcePlace> {
  /** Whether `file` is a path on this machine; else it is what V8 calls the script: `node:fs`, `https://…`. */
  readonly canOpen: boolean;
}

export interface HeapRows {
  readonly rows: readonly HeapRow[];
  /** Of all rows of the group. */
  readonly total: number;
}

export interface HeapDetail {
  readonly row: HeapRow;
  /** V8's kind of node: `object`, `closure`, `string`. */
  readonly kind: string;
  /** Content of a string, as far as the snapshot has it. */
  readonly text?: string;
  /** Of a class its largest object is told of. */
  readonly of: HeapRow;
  /** What holds it, from the module or the root to the thing; empty for what nothing holds. */
  readonly heldBy: readonly HeapHolder[];
  /** Steps in the middle that are left out. */
  readonly omitted: number;
}

export interface HeapHolder {
  /** `module sessions.ts`, `Map sessions`, `Session`. */
  readonly words: string;
  readonly node: number;
  readonly retainedBytes: number;
  readonly place?: HeapPlace;
}
