/** What the sampler has seen of each kept operation of a thread: its CPU time, and the lines that burnt it. */
import type { HotLine } from '../../contracts/document.ts';
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
  readonly placeOf: (line: number) => Pick<HotLine, 'file' | 'line' | 'function'>;
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
      const set = cells.tickSet[row]!;
      for (const { line, share } of targets.ofSet(set, tree.frame[node]!))
        lines.set(line, (lines.get(line) ?? 0) + share * cells.time[row]!);
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

/** Instead of a function's name: several burn time on one line. */
const SHARED = '';

/** Finding the source of a line is dear, and many operations run the same ones. */
class LineTargets {
  /** By set of ticks. */
  readonly #ofSets: (readonly Target[])[] = [];
  readonly #thread: SampledThread;
  readonly #owners: FrameOwners;
  readonly #ownerOf = new Map<number, Owner>();
  /** (frame, line of its script). */
  readonly #asked = new PairTable();
  readonly #known: (readonly Target[])[] = [];
  readonly #files = new TextNumbers();
  /** (file, line). */
  readonly #lines = new PairTable();
  /** By line: its function, or `SHARED`. */
  readonly #functions: string[] = [];

  constructor(thread: SampledThread) {
    this.#thread = thread;
    this.#owners = new FrameOwners(thread.agent);
  }

  /** Parts of the time of a frame by its ticks, which no other frame has. */
  ofSet(set: number, frame: number): readonly Target[] {
    return (this.#ofSets[set] ??= this.#targetsOf(set, frame));
  }

  #targetsOf(set: number, frame: number): readonly Target[] {
    const { tickStart, tickLine, tickShare } = this.#thread.cells;
    const shares = new Map<number, number>();
    for (let tick = tickStart[set]!; tick < tickStart[set + 1]!; tick++)
      for (const { line, share } of this.#of(frame, tickLine[tick]!))
        shares.set(line, (shares.get(line) ?? 0) + share * tickShare[tick]!);
    return Array.from(shares, ([line, share]) => ({ line, share }));
  }

  #of(frame: number, line: number): readonly Target[] {
    const index = this.#asked.intern(frame, line);
    return (this.#known[index] ??= this.#find(frame, line));
  }

  placeOf(line: number): Pick<HotLine, 'file' | 'line' | 'function'> {
    const name = this.#functions[line] ?? SHARED;
    return {
      file: this.#files.texts[this.#lines.first()[line]!]!,
      line: this.#lines.second()[line]!,
      ...(name === SHARED ? {} : { function: name }),
    };
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
    if (!at) return NOWHERE;
    const target = this.#lines.intern(this.#files.numberOf(at.file), at.line);
    const { name } = place.functionAt(frame);
    this.#functions[target] = (this.#functions[target] ?? name) === name ? name : SHARED;
    return [{ line: target, share }];
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
