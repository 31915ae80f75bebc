import type { CallTree } from '../call-tree.ts';
import { PairTable } from '../pair-table.ts';

/**
 * The time of a tree's lines by (frame, line), over all nodes of the frame.
 *
 *   frame, line, time   by row; microseconds
 *   rowOf               row by line row of the tree
 */
export interface LineRows {
  readonly count: number;
  readonly frame: Int32Array;
  readonly line: Int32Array;
  readonly time: Float64Array;
  readonly rowOf: Int32Array;
}

export function lineRows({ frame, lineNode, lineNumber, lineMicroseconds }: CallTree): LineRows {
  const pairs = new PairTable();
  const rowOf = new Int32Array(lineNode.length);
  for (let index = 0; index < lineNode.length; index++)
    rowOf[index] = pairs.intern(frame[lineNode[index]!]!, lineNumber[index]!);
  const time = new Float64Array(pairs.count);
  for (let index = 0; index < lineNode.length; index++) time[rowOf[index]!]! += lineMicroseconds[index]!;
  return { count: pairs.count, frame: pairs.first(), line: pairs.second(), time, rowOf };
}
