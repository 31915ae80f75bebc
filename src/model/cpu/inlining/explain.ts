/**
 * Which functions burnt the time of the lines of a frame.
 *
 * V8 before Node 26 charges a tick inside an inlined function to the frame it was inlined into, but keeps the inlined
 * function's line. So for frame f and line L there are these cases:
 *
 *   L holds no code of f    it belongs to a function below f in the call graph that owns L
 *                             one function      certain
 *                             several           split between those that exact stacks, or lines of theirs alone, show
 *                                               to be inlined into f; without any, between all that burnt time at L
 *                             several, unknown  ambiguous
 *                             none              the function of f's own file that owns L, else ambiguous
 *   L holds code of f       it is f's, unless a function g below f owns L too and is known to be inlined into f: by
 *                           lines of its own, or because exact stacks meet g more often than V8's ticks do.
 *                           Then it is split between them
 *
 * How time is split: mixture.ts.
 */
import type { CallGraph } from './call-graph.ts';
import type { LocatedStack } from './exact-stacks.ts';
import type { FrameBodies } from './frame-bodies.ts';
import type { LineRows } from './line-rows.ts';
import { Links } from './links.ts';
import { splitRows, type OpenRow } from './mixture.ts';

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
/** Standard deviations by which exact stacks must exceed V8's ticks to show that a function is inlined somewhere. */
const SIGNIFICANT = 2.5;
/** Ticks on lines of its own alone that show a function to be inlined. */
const FEW_TICKS = 3;

export interface Evidence {
  readonly rows: LineRows;
  readonly bodies: FrameBodies;
  readonly stacks: readonly LocatedStack[];
  readonly graph: () => CallGraph;
  /** Microseconds of a usual sample. */
  readonly tick: number;
}

/** By row; undefined for a line that is the frame's own. */
export function explainRows(evidence: Evidence): (Explanation | undefined)[] {
  const { rows, bodies } = evidence;
  const explained: (Explanation | undefined)[] = Array.from({ length: rows.count });
  const own: number[] = [];
  const foreign: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const owns = bodies.ownsLine(rows.frame[row]!, rows.line[row]!);
    if (owns === undefined) explained[row] = UNKNOWN;
    else (owns ? own : foreign).push(row);
  }
  if (foreign.length > 0 || evidence.stacks.length > 0)
    new Explainer(evidence, explained).explain(own, foreign);
  return explained;
}

class Explainer {
  readonly #links = new Links();
  readonly #open: OpenRow[] = [];
  readonly #graph: CallGraph;
  /** Time charged to a frame, by frame. */
  readonly #charged: Float64Array;

  constructor(
    private readonly evidence: Evidence,
    private readonly explained: (Explanation | undefined)[],
  ) {
    const { rows, bodies } = evidence;
    this.#graph = evidence.graph();
    this.#charged = new Float64Array(bodies.frames.length);
    for (let row = 0; row < rows.count; row++) this.#charged[rows.frame[row]!]! += rows.time[row]!;
  }

  explain(own: readonly number[], foreign: readonly number[]): void {
    const { rows } = this.evidence;
    const byFrame = foreign.toSorted((a, b) => rows.frame[a]! - rows.frame[b]!);
    const several = byFrame.flatMap(row => {
      const owners = this.#ownersBelow(row);
      this.#explainForeign(row, owners);
      return owners.length > 1 ? [{ row, owners }] : [];
    });
    this.#linkStacks();
    for (const { row, owners } of several) this.#openForeign(row, owners);
    this.#openContested(own);
    this.#split();
  }

  #ownersBelow(row: number): number[] {
    const { rows, bodies } = this.evidence;
    const frame = rows.frame[row]!;
    return bodies.ownersOf(rows.line[row]!).filter(owner => this.#graph.depth(frame, owner) > 0);
  }

  #explainForeign(row: number, owners: readonly number[]): void {
    const { rows, bodies } = this.evidence;
    const frame = rows.frame[row]!;
    const [only] = owners;
    if (only === undefined) {
      const [sibling, ...others] = bodies.siblingsOwning(frame, rows.line[row]!);
      this.explained[row] =
        sibling === undefined || others.length > 0
          ? AMBIGUOUS
          : { kind: 'estimated', moves: [{ path: [sibling], share: 1 }] };
    } else if (owners.length === 1) {
      const link = this.#link(frame, only);
      this.#links.alone[link]! += rows.time[row]!;
      this.explained[row] = { kind: 'certain', moves: [{ path: this.#links.path[link]!, share: 1 }] };
    }
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
    const claimants = linked.length > 0 ? linked : burning.length > 0 ? burning : owners;
    const nearest = Math.min(...claimants.map(owner => this.#graph.depth(frame, owner)));
    const isKnown = linked.length > 0 || burning.length > 0;
    const candidates = isKnown
      ? claimants
      : claimants.filter(owner => this.#graph.depth(frame, owner) === nearest);
    if (!isKnown && candidates.length > 1) this.explained[row] = AMBIGUOUS;
    else this.#open.push({ row, links: candidates.map(owner => this.#link(frame, owner)) });
  }

  #openContested(own: readonly number[]): void {
    const { rows, bodies } = this.evidence;
    const isInlined = this.#inlinedLinks();
    for (const row of own) {
      const frame = rows.frame[row]!;
      const claiming = this.#links
        .of(frame)
        .filter(link => isInlined[link] && bodies.ownsLine(this.#links.burnt(link), rows.line[row]!));
      if (claiming.length > 0) this.#open.push({ row, links: [this.#self(frame), ...claiming] });
    }
  }

  #self(frame: number): number {
    return this.#links.intern(frame, frame, () => []);
  }

  /** By link. */
  #inlinedLinks(): boolean[] {
    const { stacks, tick } = this.evidence;
    const met = new Map<number, number>();
    for (const { frames, count } of stacks) met.set(frames[0]!, (met.get(frames[0]!) ?? 0) + count);
    const perStack = this.#timePerStack();
    return Array.from({ length: this.#links.count }, (_, link) => {
      if (this.#links.alone[link]! >= FEW_TICKS * tick) return true;
      const burnt = this.#links.burnt(link);
      const expected = this.#charged[burnt]! / perStack;
      const excess = (met.get(burnt) ?? 0) - expected;
      return this.#links.stacks[link]! > 0 && excess > SIGNIFICANT * Math.sqrt(expected + 1);
    });
  }

  #timePerStack(): number {
    const count = this.evidence.stacks.reduce((sum, stack) => sum + stack.count, 0);
    return this.#charged.reduce((sum, time) => sum + time, 0) / count;
  }

  #split(): void {
    const { rows, stacks, tick } = this.evidence;
    const settled: OpenRow[] = [];
    for (let row = 0; row < rows.count; row++) {
      const explanation = this.explained[row];
      const frame = rows.frame[row]!;
      const target = explanation?.moves[0]?.path.at(-1);
      if (!explanation) settled.push({ row, links: [this.#self(frame)] });
      else if (explanation.kind === 'certain' && target !== undefined)
        settled.push({ row, links: [this.#link(frame, target)] });
    }
    const isOpen = new Set(this.#open.map(({ row }) => row));
    const closed = settled.filter(({ row }) => !isOpen.has(row));
    const shares = splitRows({
      rows,
      links: this.#links,
      open: this.#open,
      closed,
      stacks,
      perStack: this.#timePerStack(),
      tick,
    });
    for (const [index, { row, links }] of this.#open.entries())
      this.explained[row] = this.#verdict(links, shares[index]!);
  }

  #verdict(links: readonly number[], shares: readonly number[]): Explanation | undefined {
    const isOwn = this.#links.path[links[0]!]!.length === 0;
    const noticed = links
      .map((link, index) => ({ path: this.#links.path[link]!, share: shares[index]! }))
      .filter(({ path, share }) => path.length > 0 && share >= NOTICEABLE);
    if (isOwn) return noticed.length > 0 ? { kind: 'estimated', moves: noticed } : undefined;
    const total = noticed.reduce((sum, { share }) => sum + share, 0);
    return { kind: 'estimated', moves: noticed.map(({ path, share }) => ({ path, share: share / total })) };
  }
}
