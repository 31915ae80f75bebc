/** A place that an editor can open: an absolute path of this machine, 1-based. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}
