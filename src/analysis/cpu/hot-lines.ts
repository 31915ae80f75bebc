import type { HotLine } from '../../contracts/document.ts';
import { TimeColumn } from '../../model/cpu/growing-column.ts';
import { PairTable } from '../../model/cpu/pair-table.ts';
import { TextNumbers } from '../../model/cpu/text-numbers.ts';
import type { Placement } from '../../model/source/placement.ts';
import { heaviest, shareOf } from './heaviest.ts';
import { isOpenable } from './owner.ts';
import type { PlacedProfile, PlacedThread } from './placed-profile.ts';
import type { FunctionTotals } from './totals.ts';

/**
 * The source lines, of files that a user can open, with most self time, the hottest first. Time whose line cannot be
 * placed for certain is in no line, only in its function; so is that of an earlier text of a file.
 */
export function hotLines(
  { threads }: Pick<PlacedProfile, 'threads'>,
  { cpuMicroseconds }: Pick<FunctionTotals, 'cpuMicroseconds'>,
  limit: number,
): HotLine[] {
  const lines = new PlacedLines();
  for (const thread of threads) lines.add(thread);
  const self = lines.self();
  return heaviest(self, limit).map(index => ({
    ...lines.placeOf(index),
    selfMicroseconds: self[index]!,
    share: shareOf(self[index]!, cpuMicroseconds),
  }));
}

/** Where a line cannot be placed. */
const NOWHERE = -1;

/** Self time by original line. */
class PlacedLines {
  readonly #files = new TextNumbers();
  /** (file, line). */
  readonly #lines = new PairTable();
  readonly #self = new TimeColumn();

  add({ tree, place, ownerOf }: PlacedThread): void {
    const { frames, frame, lineNode, lineNumber, lineMicroseconds } = tree;
    const unmoved = frames.map(each => this.#fileNumber(place.unmovedFile(each)));
    const isEarlier = frames.map(each => place.isEarlierText(each));
    const moved = new MovedLines();
    this.#lines.reserve(lineNode.length);
    const self = this.#self.upTo(this.#lines.count + lineNode.length);
    for (let row = 0; row < lineNode.length; row++) {
      const node = lineNode[row]!;
      if (!isOpenable(ownerOf[node]!)) continue;
      const of = frame[node]!;
      if (isEarlier[of]!) continue;
      const line = lineNumber[row]!;
      const file = unmoved[of]!;
      const index =
        file === NOWHERE
          ? moved.placeOf(of, line, () => this.#place(place.lineAt(frames[of]!, line)))
          : this.#lines.intern(file, line);
      if (index !== NOWHERE) self[index]! += lineMicroseconds[row]!;
    }
  }

  #place(line: ReturnType<Placement['lineAt']>): number {
    return line === undefined ? NOWHERE : this.#lines.intern(this.#fileNumber(line.file), line.line);
  }

  #fileNumber(file: string | undefined): number {
    return file === undefined ? NOWHERE : this.#files.numberOf(file);
  }

  self(): Float64Array {
    return this.#self.upTo(this.#lines.count);
  }

  placeOf(index: number): { file: string; line: number } {
    return { file: this.#files.texts[this.#lines.first()[index]!]!, line: this.#lines.second()[index]! };
  }
}

/** Many nodes share a frame, and finding the source of a line is dear: each line of a frame is looked up once. */
class MovedLines {
  /** (frame, line). */
  readonly #known = new PairTable();
  readonly #places: number[] = [];

  placeOf(frame: number, line: number, lookUp: () => number): number {
    const index = this.#known.intern(frame, line);
    return (this.#places[index] ??= lookUp());
  }
}
