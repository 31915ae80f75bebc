import type { CallTree } from '../call-tree.ts';
import { PairTable } from '../pair-table.ts';
import { DEEPEST, type LocatedStack } from './exact-stacks.ts';

/** Who calls whom, by frame, over all nodes of a tree and all exact stacks; one edge per pair. */
export class CallGraph {
  /** Callees of frame f: `callee[first[f]]` … `callee[first[f + 1] - 1]`. */
  readonly #first: Int32Array;
  readonly #callee: Int32Array;
  /** The search from `#from`: frames level by level, marked with its round, each with the one before on the way. */
  #from = -1;
  #levels: number[][] = [];
  #round = 0;
  readonly #mark: Int32Array;
  readonly #via: Int32Array;

  constructor(tree: CallTree, frameCount: number, stacks: readonly LocatedStack[]) {
    const edges = new PairTable();
    for (let node = 1; node < tree.nodeCount; node++) {
      const caller = tree.frame[tree.parent[node]!]!;
      const callee = tree.frame[node]!;
      if (caller !== callee) edges.intern(caller, callee);
    }
    for (const { frames } of stacks)
      for (let inner = 1; inner < frames.length; inner++) edges.intern(frames[inner]!, frames[inner - 1]!);
    this.#first = new Int32Array(frameCount + 1);
    this.#callee = new Int32Array(edges.count);
    this.#group(edges);
    this.#mark = new Int32Array(frameCount);
    this.#via = new Int32Array(frameCount);
  }

  /** Frames called so many calls away from `from`, and not nearer; searched frame by frame. */
  level(from: number, calls: number): readonly number[] {
    if (this.#from !== from) this.#begin(from);
    while (this.#levels.length <= calls) this.#levels.push(this.#next(this.#levels.at(-1)!));
    return this.#levels[calls]!;
  }

  /** A shortest way: frames behind `from`, `to` last. Only for frames of a level of `from`. */
  path(from: number, to: number): number[] {
    for (let calls = 1; calls <= DEEPEST; calls++) if (this.level(from, calls).includes(to)) break;
    const path: number[] = [];
    for (let frame = to; frame !== from; frame = this.#via[frame]!) path.unshift(frame);
    return path;
  }

  #begin(from: number): void {
    this.#from = from;
    this.#levels = [[from]];
    this.#mark[from] = ++this.#round;
  }

  #next(level: readonly number[]): number[] {
    const next: number[] = [];
    for (const caller of level)
      for (let edge = this.#first[caller]!; edge < this.#first[caller + 1]!; edge++) {
        const callee = this.#callee[edge]!;
        if (this.#mark[callee] === this.#round) continue;
        this.#mark[callee] = this.#round;
        this.#via[callee] = caller;
        next.push(callee);
      }
    return next;
  }

  #group(edges: PairTable): void {
    const caller = edges.first();
    const callee = edges.second();
    for (let edge = 0; edge < edges.count; edge++) this.#first[caller[edge]! + 1]!++;
    for (let frame = 1; frame < this.#first.length; frame++) this.#first[frame]! += this.#first[frame - 1]!;
    const next = this.#first.slice();
    for (let edge = 0; edge < edges.count; edge++) this.#callee[next[caller[edge]!]!++] = callee[edge]!;
  }
}
