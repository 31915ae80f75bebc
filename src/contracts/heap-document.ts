/** What `analyze x.heapsnapshot --json` prints. Sizes are bytes; lines and columns 1-based; names are untrusted. */

export interface HeapPlaceInFile {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** All objects of one constructor, closures of one function, or `(string)`, `(array)` … */
export interface HeapClassRow extends Partial<HeapPlaceInFile> {
  /** Its number in this snapshot, for further questions. */
  readonly class: number;
  readonly name: string;
  /** V8's kind of node: `object`, `closure`, `string`, `native` … */
  readonly kind: string;
  readonly count: number;
  readonly selfBytes: number;
  /** What they retain together; what one retains of another counts once. */
  readonly retainedBytes: number;
}

export interface HeapObjectRow {
  /** Its number in this snapshot, for further questions. */
  readonly node: number;
  /** V8's id: the same in all snapshots of a process. */
  readonly id: number;
  readonly className: string;
  readonly kind: string;
  readonly selfBytes: number;
  /** What would be free without it. */
  readonly retainedBytes: number;
  /** References between the root and it; 0 for what nothing holds. */
  readonly distance: number;
}

/** A reference on the way to an object. */
export interface HeapPathStep {
  /** `property`, `context` (a variable), `element`, `internal` … */
  readonly reference: string;
  /** Of the property or variable, the index of the element, or V8's own word. */
  readonly name: string;
  /** What it leads to. */
  readonly className: string;
  readonly kind: string;
  readonly id: number;
}

export interface HeapObject extends HeapObjectRow, Partial<HeapPlaceInFile> {
  /** From the root to the object, on the shortest way. */
  readonly retainerPath: readonly HeapPathStep[];
  /** References in the middle of the path that are left out. */
  readonly omittedSteps?: number;
}

export interface HeapDocument {
  readonly version: 1;
  readonly kind: 'heap';
  readonly name: string;
  readonly objectCount: number;
  readonly referenceCount: number;
  /** Of all objects. */
  readonly totalBytes: number;
  /** Outside of V8's heap, as far as V8 tells; beside `totalBytes`. */
  readonly extraNativeBytes: number;
  /** Objects that V8 calls detached. */
  readonly detachedCount: number;
  /** By retained size, the largest first. */
  readonly classes: readonly HeapClassRow[];
  /** By retained size; those that only hold one other large object are left out. */
  readonly objects: readonly HeapObject[];
}
