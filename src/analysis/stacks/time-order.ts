/** Samples of placed threads in the order of their times: what a flamegraph with a time axis is made of. */
import { NOBODY, visitCells } from '../../model/cpu/cells.ts';
import type { TimeSpan } from '../../model/cpu/time-span.ts';
import type { Leaf } from '../../model/cpu/inlining/likely-leaves.ts';
import { NOT_SAMPLED_FRAME, type CpuProfile } from '../../model/cpu/profile.ts';
import { DominantStacks } from '../../model/stacks/dominant-stacks.ts';
import type { TimeOrderedTrack } from '../../model/stacks/time-ordered-stacks.ts';
import type { PlacedThread } from '../cpu/placed-profile.ts';
import { StackNodes, type StackFunctions } from './stack-functions.ts';

/** A segment of the thread, and what its nodes are. */
export interface LocatedSegment {
  readonly segment: CpuProfile;
  /** What of it counts. */
  readonly part: TimeSpan;
  /** Nodes of the thread's tree, and what their samples most likely were, by node of the segment. */
  readonly nodes: Int32Array;
  readonly leaves: readonly Leaf[];
}

/** What is likelier is taken for certain: one line of two functions in so many is no doubt. */
const CERTAIN = 0.98;

export interface OrderedThread {
  readonly name: string;
  /** Its tree is as V8 gave it; its frames are also those of functions that V8 has not named. */
  readonly thread: Pick<PlacedThread, 'tree' | 'functionOf'>;
  readonly functions: StackFunctions;
  /** Without the parts of it in which nothing was sampled. */
  readonly span: TimeSpan;
  readonly buckets: number;
}

/** Takes the segments of one thread in the order of their times. */
export class TimeOrder {
  readonly #name: string;
  readonly #nodes: StackNodes;
  readonly #dominant: DominantStacks;
  readonly #notSampled: number;
  #estimated = 0;

  constructor({ name, thread, functions, span, buckets }: OrderedThread) {
    this.#name = name;
    this.#nodes = new StackNodes(thread, functions);
    this.#notSampled = this.#nodes.stacks.intern(0, functions.state(NOT_SAMPLED_FRAME.functionName));
    this.#dominant = new DominantStacks(span, buckets, this.#nodes.stacks);
  }

  add({ segment, part, nodes, leaves }: LocatedSegment): void {
    const stacks = Int32Array.from(leaves, (leaf, node) => this.#stackOf(nodes[node]!, leaf));
    const isGuess = Uint8Array.from(leaves, ({ share }) => Number(share < CERTAIN));
    visitCells(segment, part, (node, from, to) => {
      if (isGuess[node] === 1) this.#estimated += to - from;
      this.#dominant.add(node === NOBODY ? this.#notSampled : stacks[node]!, from, to);
    });
  }

  #stackOf(node: number, { path }: Leaf): number {
    return path.reduce((stack, frame) => this.#nodes.below(stack, frame), this.#nodes.ofNode[node]!);
  }

  finish(): TimeOrderedTrack {
    const { stack, duration } = this.#dominant.finish();
    const parent = this.#nodes.stacks.first();
    const functionOf = this.#nodes.functions();
    const number = new Int32Array(parent.length).fill(-1);
    const kept = [0];
    number[0] = 0;
    for (const node of aboveAll(stack, parent)) number[node] = kept.push(node) - 1;
    return {
      name: this.#name,
      nodeCount: kept.length,
      parent: Int32Array.from(kept, node => (node === 0 ? -1 : number[parent[node]!]!)),
      function: Int32Array.from(kept, node => functionOf[node]!),
      stack: stack.map(node => number[node]!),
      duration,
      estimatedMicroseconds: this.#estimated,
    };
  }
}

/** The stacks and all above them but the root, parents first. */
function aboveAll(stacks: Int32Array, parent: Int32Array): number[] {
  const met = new Set<number>();
  for (const each of stacks)
    for (let stack = each; stack > 0 && !met.has(stack); stack = parent[stack]!) met.add(stack);
  return [...met].sort((a, b) => a - b);
}

/** Tracks over one list of functions: only those that stand in one of them. */
export function withUsedFunctions<F>(
  tracks: readonly TimeOrderedTrack[],
  functions: readonly F[],
): { readonly functions: readonly F[]; readonly tracks: readonly TimeOrderedTrack[] } {
  const used = [...new Set(tracks.flatMap(track => [...track.function]))].filter(each => each >= 0);
  const number = new Map(used.map((each, index) => [each, index]));
  return {
    functions: used.map(each => functions[each]!),
    tracks: tracks.map(track => ({ ...track, function: track.function.map(each => number.get(each) ?? -1) })),
  };
}
