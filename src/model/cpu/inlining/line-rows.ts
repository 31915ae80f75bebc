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

export function lineRows({ frames, frame, lineNode, lineNumber, lineMicroseconds }: CallTree): LineRows {
  const pairs = new PairTable();
  const rowOf = new Int32Array(lineNode.length);
  for (let index = 0; index < lineNode.length; index++) {
    const charged = frame[lineNode[index]!]!;
    rowOf[index] = frames[charged]!.url === '' ? -1 : pairs.intern(charged, lineNumber[index]!);
  }
  const time = new Float64Array(pairs.count);
  for (let index = 0; index < lineNode.length; index++)
    if (rowOf[index]! >= 0) time[rowOf[index]!]! += lineMicroseconds[index]!;
  return { count: pairs.count, frame: pairs.first(), line: pairs.second(), time, rowOf };
}
