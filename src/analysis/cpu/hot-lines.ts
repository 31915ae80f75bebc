import type { HotLine } from '../../contracts/document.ts';
import { TimeColumn } from '../../model/cpu/growing-column.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import { TextNumbers } from '../../model/cpu/text-numbers.ts';
import { heaviest, shareOf } from './heaviest.ts';
import { OPENABLE } from './owner.ts';
import type { PlacedProfile, PlacedThread } from './placed-profile.ts';
import type { FunctionTotals } from './totals.ts';

/**
 * The source lines, of files that a user can open, with most self time, the hottest first. Time whose line cannot be
 * placed for certain is in no line, only in its function.
 */
export function hotLines(
  { threads }: Pick<PlacedProfile, 'threads'>,
  { cpuMicroseconds }: Pick<FunctionTotals, 'cpuMicroseconds'>,
  limit: number,
): HotLine[] {
  const files = new TextNumbers();
  const lines = new PairTable();
  const self = new TimeColumn();
  for (const thread of threads) {
    const { frame, line, time } = timeByFrameAndLine(thread);
    lines.reserve(frame.length);
    const sums = self.upTo(lines.count + frame.length);
    let file = '';
    let fileNumber = files.numberOf(file);
    for (let row = 0; row < frame.length; row++) {
      const placed = thread.place.lineAt(thread.tree.frames[frame[row]!]!, line[row]!);
      if (!placed) continue;
      if (placed.file !== file) fileNumber = files.numberOf(placed.file);
      file = placed.file;
      sums[lines.intern(fileNumber, placed.line)]! += time[row]!;
    }
  }
  const sums = self.upTo(lines.count);
  return heaviest(sums, limit).map(index => ({
    file: files.texts[lines.first()[index]!]!,
    line: lines.second()[index]!,
    selfMicroseconds: sums[index]!,
    share: shareOf(sums[index]!, cpuMicroseconds),
  }));
}

/** Many nodes share a frame, and looking up the source of a line is dear: each (frame, line) is looked up once. */
function timeByFrameAndLine({ tree, ownerOf }: PlacedThread) {
  const { frame, lineNode, lineNumber, lineMicroseconds } = tree;
  const lines = new PairTable();
  lines.reserve(lineNode.length);
  const time = new Float64Array(lineNode.length);
  for (let row = 0; row < lineNode.length; row++) {
    const node = lineNode[row]!;
    if (!OPENABLE.includes(ownerOf[node]!)) continue;
    time[lines.intern(frame[node]!, lineNumber[row]!)]! += lineMicroseconds[row]!;
  }
  return { frame: lines.first(), line: lines.second(), time };
}
