import type { CallTree } from '../call-tree.ts';
import { PairTable } from '../pair-table.ts';

/**
 * The time of a tree's lines by (frame, line), over all nodes of the frame. Native functions have no lines.
 *
 *   frame, line, time   by row; microseconds
 *   rowOf               row by line row of the tree; -1 for native functions
 */
export interface LineRows {
  readonly count: number;
  readonly frame: Int32Array;
  readonly line: Int32Array;
  readonly time: Float64Array;
  readonly rowOf: Int32Array;
}

/** Gives rows to the (frame, line) pairs of a tree, and the same rows to other trees with its frames. */
export class RowNumbers {
  readonly #pairs = new PairTable();

  of({ frames, frame, lineNode, lineNumber, lineMicroseconds }: CallTree): LineRows {
    const rowOf = new Int32Array(lineNode.length);
    for (let index = 0; index < lineNode.length; index++) {
      const charged = frame[lineNode[index]!]!;
      rowOf[index] = frames[charged]!.url === '' ? -1 : this.row(charged, lineNumber[index]!);
    }
    const time = new Float64Array(this.#pairs.count);
    for (let index = 0; index < lineNode.length; index++)
      if (rowOf[index]! >= 0) time[rowOf[index]!]! += lineMicroseconds[index]!;
    return { count: time.length, frame: this.#pairs.first(), line: this.#pairs.second(), time, rowOf };
  }

  row(frame: number, line: number): number {
    return this.#pairs.intern(frame, line);
  }
}
