/** What the sampler has seen of each kept operation of a thread: its CPU time, and the lines that burnt it. */
import { PairTable } from '../../model/cpu/pair-table.ts';
import { TextNumbers } from '../../model/cpu/text-numbers.ts';
import type { Frame } from '../../model/cpu/profile.ts';
import type { SampledThread } from '../../model/operations/thread-operations.ts';
import { FrameOwners, isBurnt, isOpenable, type Owner } from '../cpu/owner.ts';
import { placeFunctions } from '../cpu/placed-profile.ts';

/** Microseconds, idle time and Slowcatch's own work left out. */
export interface SampledOperation {
  readonly microseconds: number;
  readonly samples: number;
  /** By `line` of `SampledOperations`; lines that no user can open, and time without a line, are in none. */
  readonly lines: ReadonlyMap<number, number>;
}

export interface SampledOperations {
  /** By owner, without what ran in the operations inside it. */
  readonly own: readonly SampledOperation[];
  readonly placeOf: (line: number) => { readonly file: string; readonly line: number };
}

export function sampledOperations(thread: SampledThread): SampledOperations {
  const { cells, inlining, place, agent } = thread;
  const { tree } = inlining;
  const [placed] = placeFunctions([{ tree, place, ...(agent === undefined ? {} : { agent }) }]).threads;
  const ownerOf = placed!.ownerOf;
  const targets = new LineTargets(thread);
  const own = Array.from({ length: cells.owners }, (_, owner) => {
    const lines = new Map<number, number>();
    let [microseconds, samples] = [0, 0];
    for (let row = cells.rowStart[owner]!; row < cells.rowStart[owner + 1]!; row++) {
      const node = cells.node[row]!;
      if (!isBurnt(ownerOf[node]!)) continue;
      microseconds += cells.time[row]!;
      samples += cells.samples[row]!;
      for (let at = cells.lineStart[row]!; at < cells.lineStart[row + 1]!; at++)
        for (const { line, share } of targets.of(tree.frame[node]!, cells.line[at]!))
          lines.set(line, (lines.get(line) ?? 0) + share * cells.lineTime[at]!);
    }
    return { microseconds, samples, lines };
  });
  return { own, placeOf: line => targets.placeOf(line) };
}

/** A part of the time of a frame's line, on a line of the sources. */
interface Target {
  readonly line: number;
  readonly share: number;
}

const NOWHERE: readonly Target[] = [];

/** Finding the source of a line is dear, and many operations run the same ones. */
class LineTargets {
  readonly #thread: SampledThread;
  readonly #owners: FrameOwners;
  readonly #ownerOf = new Map<number, Owner>();
  /** (frame, line of its script). */
  readonly #asked = new PairTable();
  readonly #known: (readonly Target[])[] = [];
  readonly #files = new TextNumbers();
  /** (file, line). */
  readonly #lines = new PairTable();

  constructor(thread: SampledThread) {
    this.#thread = thread;
    this.#owners = new FrameOwners(thread.agent);
  }

  of(frame: number, line: number): readonly Target[] {
    const index = this.#asked.intern(frame, line);
    return (this.#known[index] ??= this.#find(frame, line));
  }

  placeOf(line: number): { file: string; line: number } {
    return { file: this.#files.texts[this.#lines.first()[line]!]!, line: this.#lines.second()[line]! };
  }

  /** What inlined functions burnt is theirs. */
  #find(frame: number, line: number): readonly Target[] {
    const moves = this.#thread.inlining.movesOf(frame, line);
    const rest = 1 - moves.reduce((sum, { share }) => sum + share, 0);
    const parts = [
      ...moves.map(({ path, share }) => ({ frame: path.at(-1) ?? frame, share })),
      { frame, share: rest },
    ];
    const targets = parts.flatMap(part =>
      part.share > LEAST_SHARE ? this.#placed(part.frame, line, part.share) : NOWHERE,
    );
    return targets.length === 0 ? NOWHERE : targets;
  }

  #placed(index: number, line: number, share: number): readonly Target[] {
    const frame = this.#thread.inlining.frames[index]!;
    const { place } = this.#thread;
    if (!isOpenable(this.#owner(index, frame)) || place.isEarlierText(frame)) return NOWHERE;
    const at = place.lineAt(frame, line);
    return at ? [{ line: this.#lines.intern(this.#files.numberOf(at.file), at.line), share }] : NOWHERE;
  }

  #owner(index: number, frame: Frame): Owner {
    const known =
      this.#ownerOf.get(index) ?? this.#owners.of(frame, this.#thread.place.functionAt(frame).file);
    this.#ownerOf.set(index, known);
    return known;
  }
}

/** Less is what rounding leaves. */
const LEAST_SHARE = 1e-9;
