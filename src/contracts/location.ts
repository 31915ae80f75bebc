import type { Column, Line } from './units.ts';

/** A place in a source text. `file` is an absolute path, or a URL where no file stands behind it (`node:fs`). */
export interface SourceLocation {
  readonly file: string;
  readonly line: Line;
  readonly column?: Column;
}
