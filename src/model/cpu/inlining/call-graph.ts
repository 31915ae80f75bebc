import type { CallTree } from '../call-tree.ts';
import { PairTable } from '../pair-table.ts';
import { DEEPEST, type LocatedStack } from './exact-stacks.ts';

/** Who calls whom, by frame, over all nodes of a tree and all exact stacks; one edge per pair. */
export class CallGraph {
  /** Callees of frame f: `callee[first[f]]` … `callee[first[f + 1] - 1]`. */
  readonly #first: Int32Array;
  readonly #callee: Int32Array;
  /** Frames reached from `#from`, by depth and by the one before on the way; valid where `#mark` is `#round`. */
  readonly #mark: Int32Array;
  readonly #depth: Int32Array;
  readonly #via: Int32Array;
  #round = 0;
  #from = -1;

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
    this.#depth = new Int32Array(frameCount);
    this.#via = new Int32Array(frameCount);
  }

  /** How many calls lie between two frames, 1 for a direct one, at most `DEEPEST`; 0 when there is no such way. */
  depth(from: number, to: number): number {
    this.#reach(from);
    return this.#mark[to] === this.#round ? this.#depth[to]! : 0;
  }

  /** A shortest way: frames behind `from`, `to` last. Only for frames with a depth. */
  path(from: number, to: number): number[] {
    this.#reach(from);
    const path: number[] = [];
    for (let frame = to; frame !== from; frame = this.#via[frame]!) path.unshift(frame);
    return path;
  }

  /** Breadth first. */
  #reach(from: number): void {
    if (this.#from === from) return;
    this.#from = from;
    this.#round++;
    this.#mark[from] = this.#round;
    this.#depth[from] = 0;
    const queue = [from];
    for (let next = 0; next < queue.length; next++) {
      const caller = queue[next]!;
      const depth = this.#depth[caller]! + 1;
      if (depth > DEEPEST) return;
      for (let edge = this.#first[caller]!; edge < this.#first[caller + 1]!; edge++) {
        const callee = this.#callee[edge]!;
        if (this.#mark[callee] === this.#round) continue;
        this.#mark[callee] = this.#round;
        this.#depth[callee] = depth;
        this.#via[callee] = caller;
        queue.push(callee);
      }
    }
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
