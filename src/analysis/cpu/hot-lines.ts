import type { HotLine } from '../../contracts/document.ts';
import { TimeColumn } from '../../model/cpu/growing-column.ts';
import type { Frame } from '../../model/cpu/profile.ts';
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
/** Instead of a file: a source map moves the lines, each to a place of its own. */
const MOVED = -1;
/** Instead of a file: its lines are not shown. */
const HIDDEN = -2;

/** Self time by original line. */
class PlacedLines {
  readonly #files = new TextNumbers();
  /** (file, line). */
  readonly #lines = new PairTable();
  readonly #self = new TimeColumn();

  add({ tree, place, ownerOf }: PlacedThread): void {
    const { frames, frame, lineNode, lineNumber, lineMicroseconds } = tree;
    const fileOf = this.#filesOf(frames, place);
    const moved = new MovedLines((of, line) => this.#place(place.lineAt(frames[of]!, line)));
    this.#lines.reserve(lineNode.length);
    const self = this.#self.upTo(this.#lines.count + lineNode.length);
    let node = -1;
    let file = HIDDEN;
    for (let row = 0; row < lineNode.length; row++) {
      if (lineNode[row] !== node) {
        node = lineNode[row]!;
        file = isOpenable(ownerOf[node]!) ? fileOf[frame[node]!]! : HIDDEN;
      }
      if (file === HIDDEN) continue;
      const line = lineNumber[row]!;
      const index = file === MOVED ? moved.placeOf(frame[node]!, line) : this.#lines.intern(file, line);
      if (index !== NOWHERE) self[index]! += lineMicroseconds[row]!;
    }
  }

  /** By frame: number of the file in which its lines stand as they ran, `MOVED` or `HIDDEN`. */
  #filesOf(frames: readonly Frame[], place: Placement): Int32Array {
    return Int32Array.from(frames, frame => {
      if (place.isEarlierText(frame)) return HIDDEN;
      const file = place.unmovedFile(frame);
      return file === undefined ? MOVED : this.#files.numberOf(file);
    });
  }

  #place(line: ReturnType<Placement['lineAt']>): number {
    return line === undefined ? NOWHERE : this.#lines.intern(this.#files.numberOf(line.file), line.line);
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
  readonly #lookUp: (frame: number, line: number) => number;

  constructor(lookUp: (frame: number, line: number) => number) {
    this.#lookUp = lookUp;
  }

  placeOf(frame: number, line: number): number {
    const index = this.#known.intern(frame, line);
    return (this.#places[index] ??= this.#lookUp(frame, line));
  }
}
