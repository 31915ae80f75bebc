/** What the benchmark and the process that measures tell each other. */
export interface Plan {
  /** Snapshots, absolute paths. */
  readonly files: readonly string[];
  /** Each in a thread and a browser of its own. */
  readonly rounds: number;
}

/** One round with one file. */
export interface Measured {
  readonly file: string;
  readonly objects: number;
  /** From the end of the analysis to the painted rows, in milliseconds. */
  readonly firstPaint: number;
  /** From the press of a key to the painted rows below the largest class. */
  readonly unfold: number;
  /** Bytes of the page's JavaScript heap, after 5,000 rows were looked at, collected. */
  readonly pageBytes: number;
  /** Elements in the page then. */
  readonly elements: number;
}
