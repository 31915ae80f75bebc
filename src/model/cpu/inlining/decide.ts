/**
 * Which function burnt the time of one line of a frame.
 *
 * V8 before 14 charges a tick inside an inlined function to the frame it was inlined into, but keeps the inlined
 * function's line. So for frame f and line L there are these cases:
 *
 *   L holds no code of f      → it belongs to a function below f that owns L: to the nearest one
 *                                 one      certain
 *                                 several  split by what is known of their own lines, else ambiguous
 *                                 none     the function of the same file that owns L, else unknown inlined code
 *   L holds code of f         → it is f's, except for what a function g below f, that also owns L in its own file,
 *                               must have left there: g's ticks on lines that are not f's tell how much of g is
 *                               inlined into f, and g's own lines tell the proportion of L to those
 */
import type { CallGraph, Reached } from './call-graph.ts';
import { levelsBelow } from './call-graph.ts';
import type { FrameBodies } from './frame-bodies.ts';
import { LineTable } from './line-table.ts';

/** A part of a line's time that goes to another function. */
export interface Move {
  /** Frames from the charged one (excluded) to the one that burnt the time (last). */
  readonly path: readonly number[];
  /** Share of the line's time, 0 … 1. */
  readonly share: number;
}

export interface Decision {
  readonly kind: 'own' | 'unknown' | 'certain' | 'estimated' | 'ambiguous';
  readonly moves: readonly Move[];
  /** Functions below the frame that own the line: a node with only one of them among its own callees is certain. */
  readonly candidates: readonly Reached[];
}

const OWN: Decision = { kind: 'own', moves: [], candidates: [] };
const UNKNOWN: Decision = { kind: 'unknown', moves: [], candidates: [] };
const AMBIGUOUS: Decision = { kind: 'ambiguous', moves: [], candidates: [] };

/** Below this share of a line's time another function's claim is not worth a doubt. */
const NOTICEABLE = 0.05;

export class Decisions {
  /** What each function burnt on its own lines under its own name: its proportions, undisturbed. */
  private readonly own = new LineTable();
  /** What each function left on its lines in others, where only it can have left it. */
  private readonly left = new LineTable();
  /** Per frame: the functions below it that have left ticks which only they can have left. */
  private readonly inlined = new Map<number, Map<number, Reached>>();
  private readonly decided = new Map<string, Decision>();

  constructor(
    private readonly charged: LineTable,
    private readonly bodies: FrameBodies,
    private readonly graph: CallGraph,
  ) {
    for (const frame of charged.frames()) this.learn(frame);
  }

  of(frame: number, line: number): Decision {
    const key = `${frame}:${line}`;
    let decision = this.decided.get(key);
    if (!decision) this.decided.set(key, (decision = this.decide(frame, line)));
    return decision;
  }

  private decide(frame: number, line: number): Decision {
    const owns = this.bodies.ownsLine(frame, line);
    if (owns === undefined) return UNKNOWN;
    return owns ? this.contested(frame, line) : this.foreign(frame, line);
  }

  private learn(frame: number): void {
    for (const [line, microseconds] of this.charged.linesOf(frame)) {
      const owns = this.bodies.ownsLine(frame, line);
      if (owns) this.own.add(frame, line, microseconds);
      else if (owns === false) this.learnForeign(frame, line, microseconds);
    }
  }

  private learnForeign(frame: number, line: number, microseconds: number): void {
    const owners = this.nearestOwners(frame, line);
    const [only] = owners;
    if (owners.length !== 1 || !only) return;
    this.left.add(only.frame, line, microseconds);
    let below = this.inlined.get(frame);
    if (!below) this.inlined.set(frame, (below = new Map<number, Reached>()));
    below.set(only.frame, only);
  }

  private nearestOwners(frame: number, line: number): readonly Reached[] {
    for (const level of levelsBelow(this.graph, frame)) {
      const owners = level.filter(
        ({ frame: below }) => this.bodies.isInlinable(below) && this.bodies.ownsLine(below, line),
      );
      if (owners.length > 0) return owners;
    }
    return [];
  }

  private foreign(frame: number, line: number): Decision {
    const candidates = this.nearestOwners(frame, line);
    const [only] = candidates;
    if (!only) return this.sameFile(frame, line);
    if (candidates.length === 1)
      return { kind: 'certain', moves: [{ path: only.path, share: 1 }], candidates };
    const weights = candidates.map(
      ({ frame: candidate }) => this.own.get(candidate, line) + this.left.get(candidate, line),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return { ...AMBIGUOUS, candidates };
    const moves = candidates.map(({ path }, index) => ({ path, share: (weights[index] ?? 0) / total }));
    return { kind: 'estimated', moves: moves.filter(move => move.share > 0), candidates };
  }

  /** No function below owns the line: the one of the same file that does, which then was never sampled by itself. */
  private sameFile(frame: number, line: number): Decision {
    const body = this.bodies.of(frame);
    const owners =
      body?.ranges.ownersOfLine(line - body.startLine).filter(index => index !== -1 && index !== body.index) ?? [];
    const [only] = owners;
    if (only === undefined || owners.length > 1) return AMBIGUOUS;
    const path = [this.bodies.sibling(frame, only)];
    return { kind: 'estimated', moves: [{ path, share: 1 }], candidates: [] };
  }

  private contested(frame: number, line: number): Decision {
    const microseconds = this.charged.get(frame, line);
    const moves: Move[] = [];
    for (const reached of this.inlined.get(frame)?.values() ?? []) {
      if (!this.bodies.ownsLine(reached.frame, line)) continue;
      const share = this.leftBy(reached.frame, frame, line) / microseconds;
      if (share >= NOTICEABLE) moves.push({ path: reached.path, share });
    }
    if (moves.length === 0) return OWN;
    const claimed = moves.reduce((sum, move) => sum + move.share, 0);
    const scale = Math.min(1, 1 / claimed);
    return {
      kind: 'estimated',
      moves: moves.map(move => ({ ...move, share: move.share * scale })),
      candidates: [],
    };
  }

  /** Microseconds that `inlined` must have left on `line` of `frame`, by its proportions elsewhere. */
  private leftBy(inlined: number, frame: number, line: number): number {
    for (const known of [this.own, this.left]) {
      let elsewhere = 0;
      let uniquely = 0;
      for (const [other, microseconds] of known.linesOf(inlined)) {
        if (this.bodies.ownsLine(frame, other)) continue;
        elsewhere += microseconds;
        uniquely += this.charged.get(frame, other);
      }
      if (elsewhere > 0 && known.get(inlined, line) > 0)
        return (uniquely * known.get(inlined, line)) / elsewhere;
    }
    return 0;
  }
}
