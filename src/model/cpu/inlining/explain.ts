/**
 * Which functions burnt the time of the lines of a frame.
 *
 * V8 before Node 26 charges a tick inside an inlined function to the frame it was inlined into, but keeps the inlined
 * function's line. So for frame f and line L there are these cases:
 *
 *   L holds no code of f    it belongs to a function below f in the call graph that owns L
 *                             one function      certain
 *                             several           split between those that exact stacks, or lines of theirs alone, show
 *                                               to be inlined into f; without any, between all that burn time
 *                             several, unknown  ambiguous
 *                             none              the function of f's own file that owns L, else ambiguous
 *   L holds code of f       it is f's, unless a function g below f owns L too and is known to be inlined into f: by
 *                           lines of its own, or because exact stacks meet g more often than V8's ticks do.
 *                           Then it is split between them
 *
 * How time is split: split-by-stacks.ts, and split-by-lines.ts where there are no exact stacks.
 */
import type { CallGraph } from './call-graph.ts';
import { countOf, DEEPEST, type LocatedStack } from './exact-stacks.ts';
import type { FrameBodies } from './frame-bodies.ts';
import { inlinedLinks } from './inlined-links.ts';
import type { LineRows } from './line-rows.ts';
import { Links } from './links.ts';
import { splitByLines } from './split-by-lines.ts';
import { splitByStacks } from './split-by-stacks.ts';
import type { ClosedRow, OpenRow } from './split.ts';

/** A part of a line's time that goes to another function. */
export interface Move {
  /** Frames from the charged one (excluded) to the one that burnt the time (last). */
  readonly path: readonly number[];
  /** Share of the line's time, 0 … 1. */
  readonly share: number;
}

export interface Explanation {
  readonly kind: 'unknown' | 'certain' | 'estimated' | 'ambiguous';
  readonly moves: readonly Move[];
}

const UNKNOWN: Explanation = { kind: 'unknown', moves: [] };
const AMBIGUOUS: Explanation = { kind: 'ambiguous', moves: [] };

/** Below this share of a line's time another function's claim is not worth a node of the tree. */
const NOTICEABLE = 0.02;
/** Between more functions nothing is told apart any more. */
const MOST_CLAIMANTS = 6;
/** Fewer tell less than the lines do. */
const FEWEST_STACKS = 20;

export interface Evidence {
  readonly rows: LineRows;
  readonly bodies: FrameBodies;
  readonly stacks: readonly LocatedStack[];
  readonly graph: () => CallGraph;
  /** Microseconds of a usual sample. */
  readonly tick: number;
  /** Microseconds in native functions right below a frame, by frame: there its exact stacks end in it. */
  readonly native: Float64Array;
}

/** By row; undefined for a line that is the frame's own. */
export function explainRows(evidence: Evidence): (Explanation | undefined)[] {
  const { rows, bodies, stacks } = evidence;
  const explained: (Explanation | undefined)[] = Array.from({ length: rows.count });
  const own: number[] = [];
  const foreign: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const owns = bodies.ownsLine(rows.frame[row]!, rows.line[row]!);
    if (owns === undefined) explained[row] = UNKNOWN;
    else (owns ? own : foreign).push(row);
  }
  if (foreign.length > 0 || stacks.length > 0) new Explainer(evidence, explained).explain(own, foreign);
  return explained;
}

class Explainer {
  readonly #links = new Links();
  readonly #open: OpenRow[] = [];
  readonly #closed: ClosedRow[] = [];
  readonly #graph: CallGraph;
  /** Time charged to a frame and to native functions right below it, by frame. */
  readonly #charged: Float64Array;

  constructor(
    private readonly evidence: Evidence,
    private readonly explained: (Explanation | undefined)[],
  ) {
    const { rows, bodies } = evidence;
    this.#graph = evidence.graph();
    this.#charged = new Float64Array(bodies.frames.length);
    this.#charged.set(evidence.native);
    for (let row = 0; row < rows.count; row++) this.#charged[rows.frame[row]!]! += rows.time[row]!;
  }

  explain(own: readonly number[], foreign: readonly number[]): void {
    const { rows } = this.evidence;
    this.#linkStacks();
    const several: { row: number; owners: number[] }[] = [];
    // The call graph is searched frame by frame.
    for (const row of foreign.toSorted((a, b) => rows.frame[a]! - rows.frame[b]!)) {
      const owners = [...new Set([...this.#metBelow(row), ...this.#ownersBelow(row)])];
      if (owners.length > 1) several.push({ row, owners });
      else this.#explainAlone(row, owners[0]);
    }
    for (const { row, owners } of several) this.#openForeign(row, owners);
    this.#openContested(own);
    if (this.#open.length > 0) this.#split();
  }

  /** Functions in which exact stacks end below the row's frame, and that own its line. */
  #metBelow(row: number): number[] {
    const { rows, bodies } = this.evidence;
    return this.#links
      .of(rows.frame[row]!)
      .filter(link => this.#links.stacks[link]! > 0)
      .map(link => this.#links.burnt(link))
      .filter(frame => bodies.isInlinable(frame) && bodies.ownsLine(frame, rows.line[row]!));
  }

  /** The nearest functions below the row's frame that own its line, and those one call further. */
  #ownersBelow(row: number): number[] {
    const { rows, bodies } = this.evidence;
    const ownersAt = (calls: number): number[] =>
      this.#graph
        .level(rows.frame[row]!, calls)
        .filter(frame => bodies.isInlinable(frame) && bodies.ownsLine(frame, rows.line[row]!));
    for (let calls = 1; calls <= DEEPEST; calls++) {
      const nearest = ownersAt(calls);
      if (nearest.length > 0) return calls < DEEPEST ? [...nearest, ...ownersAt(calls + 1)] : nearest;
    }
    return [];
  }

  #explainAlone(row: number, owner: number | undefined): void {
    const { rows, bodies } = this.evidence;
    const frame = rows.frame[row]!;
    if (owner === undefined) {
      // Such a function was inlined from its first sample on, or it would be in the call graph.
      const siblings = bodies.siblingsOwning(frame, rows.line[row]!);
      const moves = [{ path: siblings, share: 1 }];
      this.explained[row] = siblings.length === 1 ? { kind: 'estimated', moves } : AMBIGUOUS;
      return;
    }
    const link = this.#link(frame, owner);
    this.#links.alone[link]! += rows.time[row]!;
    this.#closed.push({ row, link });
    this.explained[row] = { kind: 'certain', moves: [{ path: this.#links.path[link]!, share: 1 }] };
  }

  #link(frame: number, burnt: number): number {
    return this.#links.intern(frame, burnt, () => this.#graph.path(frame, burnt));
  }

  #linkStacks(): void {
    for (const { frames, count } of this.evidence.stacks)
      for (let outer = 1; outer < frames.length; outer++) {
        const path = (): number[] => frames.slice(0, outer).toReversed();
        this.#links.stacks[this.#links.intern(frames[outer]!, frames[0]!, path)]! += count;
      }
  }

  #openForeign(row: number, owners: readonly number[]): void {
    const frame = this.evidence.rows.frame[row]!;
    const linked = owners.filter(owner => this.#links.between(frame, owner) !== undefined);
    const burning = owners.filter(owner => this.#charged[owner]! > 0);
    const claimants = linked.length > 0 ? linked : burning;
    if (claimants.length === 0 || claimants.length > MOST_CLAIMANTS) this.explained[row] = AMBIGUOUS;
    else this.#open.push({ row, links: claimants.map(owner => this.#link(frame, owner)) });
  }

  #openContested(own: readonly number[]): void {
    const { rows, bodies, stacks, tick } = this.evidence;
    const isInlined = inlinedLinks(this.#links, this.#charged, stacks, tick);
    for (const row of own) {
      const frame = rows.frame[row]!;
      const self = this.#links.intern(frame, frame, () => []);
      const claiming = this.#links
        .of(frame)
        .filter(link => isInlined[link] && bodies.ownsLine(this.#links.burnt(link), rows.line[row]!));
      if (claiming.length > 0) this.#open.push({ row, links: [self, ...claiming] });
      else this.#closed.push({ row, link: self });
    }
  }

  #split(): void {
    const { rows, stacks, native } = this.evidence;
    const input = { rows, links: this.#links, open: this.#open, closed: this.#closed };
    const count = countOf(stacks);
    const perStack = this.#charged.reduce((sum, time) => sum + time, 0) / count;
    const shares =
      count < FEWEST_STACKS ? splitByLines(input) : splitByStacks(input, { stacks, perStack, native });
    for (const [index, open] of this.#open.entries())
      this.explained[open.row] = this.#explanation(open, shares[index]!);
  }

  #explanation({ links }: OpenRow, shares: readonly number[]): Explanation | undefined {
    const moves = links
      .map((link, index) => ({ path: this.#links.path[link]!, share: shares[index]! }))
      .filter(({ path, share }) => path.length > 0 && share >= NOTICEABLE);
    if (this.#links.isSelf(links[0]!)) return moves.length > 0 ? { kind: 'estimated', moves } : undefined;
    const total = moves.reduce((sum, { share }) => sum + share, 0);
    return { kind: 'estimated', moves: moves.map(({ path, share }) => ({ path, share: share / total })) };
  }
}
