/**
 * What was born in which epoch and is still there, by what holds it:
 *
 *     anchor, old:  Map (pages)
 *       ├─ store, made anew when it was full
 *       │    ├─ Page, born in epoch 1      a head: it counts
 *       │    │    └─ string                belongs to its head: its bytes count
 *       │    └─ Page, born in epoch 2
 */
import { selfSizeOf, type HeapGraph } from '../../model/heap/graph.ts';
import { NodeKind } from '../../model/heap/kinds.ts';
import { classKey } from './class-words.ts';
import { kindOf, placeOf, roleOf } from './node-roles.ts';
import { NOTHING, type Reach } from './reach.ts';

export interface Growth {
  /** A node that was there before the first epoch. */
  readonly anchor: number;
  readonly classKey: string;
  /** Each holds the next one. */
  readonly isChain: boolean;
  /** Born in each epoch, and there at the end. */
  readonly counts: number[];
  /** Bytes of these, with all that was born and is reached over them. */
  readonly bytes: number[];
  /** A head of the newest epoch that has one. */
  example: number;
}

/** No head of its own: below a store that is new, or below what does not count. */
const UNDECIDED = -1;
const IGNORED = -2;
/** A class that comes again that often below itself makes a chain; less is a tree. */
const CHAIN_LINKS = 3;
/** Links of a chain are at most so far from each other. */
const LONGEST_PERIOD = 5;

/** What compiled code, shapes and numbers hold is V8's. */
const UNCOUNTED: ReadonlySet<number> = new Set([NodeKind.code, NodeKind.objectShape, NodeKind.number]);
const STRINGS: ReadonlySet<number> = new Set([
  NodeKind.string,
  NodeKind.concatenatedString,
  NodeKind.slicedString,
]);

/** By anchor and class of the heads. `epochs`: by node the epoch it was born in, 0 for what was there before. */
export function growthsOf(graph: HeapGraph, reach: Reach, epochs: Uint8Array, epochCount: number): Growth[] {
  const finder = new GrowthFinder(graph, reach, epochs, epochCount);
  for (const node of reach.order) if (epochs[node]! > 0) finder.visit(node);
  return finder.growths();
}

class GrowthFinder {
  /** By node: its head. */
  readonly #heads: Int32Array;
  readonly #anchors: Int32Array;
  /** By node: how often its class has come already above it. */
  readonly #repeats: Uint32Array;
  readonly #growths = new Map<string, Growth>();
  readonly #growthOfHead = new Map<number, Growth>();

  constructor(
    readonly graph: HeapGraph,
    readonly reach: Reach,
    readonly epochs: Uint8Array,
    readonly epochCount: number,
  ) {
    this.#heads = new Int32Array(graph.nodeCount).fill(IGNORED);
    this.#anchors = new Int32Array(graph.nodeCount).fill(NOTHING);
    this.#repeats = new Uint32Array(graph.nodeCount);
  }

  growths(): Growth[] {
    return [...this.#growths.values()];
  }

  /** Holders come before what they hold. */
  visit(node: number): void {
    const parent = this.reach.parents[node]!;
    if (this.epochs[parent] === 0) return this.#belowOld(node, parent);
    const head = this.#heads[parent]!;
    this.#anchors[node] = this.#anchors[parent]!;
    if (head === IGNORED) return;
    if (head === UNDECIDED) return this.#place(node, this.#anchors[parent]!);
    this.#belowHead(node, head);
  }

  #belowOld(node: number, parent: number): void {
    const anchor = this.#anchorAbove(parent);
    this.#anchors[node] = anchor;
    if (!UNCOUNTED.has(kindOf(this.graph, anchor))) this.#place(node, anchor);
  }

  /** The object whose store `node` may be; of a chain what holds its end. */
  #anchorAbove(node: number): number {
    const { graph, reach } = this;
    let anchor = node;
    while (roleOf(graph, anchor) === 'store' && reach.parents[anchor]! !== NOTHING)
      anchor = reach.parents[anchor]!;
    return anchor;
  }

  #place(node: number, anchor: number): void {
    const role = roleOf(this.graph, node);
    if (role === 'store') this.#heads[node] = UNDECIDED;
    else if (role === 'content') this.#beHead(node, anchor, false);
  }

  #belowHead(node: number, head: number): void {
    if (roleOf(this.graph, node) === 'content') {
      const repeats = this.#repeatsOf(node);
      this.#repeats[node] = repeats;
      if (repeats >= CHAIN_LINKS) {
        this.#beHead(node, this.#anchors[head]!, true);
        if (repeats === CHAIN_LINKS) this.#countBeginning(node);
        return;
      }
    }
    this.#heads[node] = head;
    this.#addBytes(node, head);
  }

  /** Links that were taken for parts of a tree until now. */
  #countBeginning(node: number): void {
    const growth = this.#growthOfHead.get(node)!;
    for (let link = this.#linkAbove(node); link !== NOTHING; link = this.#linkAbove(link))
      if (this.#heads[link] !== link) growth.counts[this.epochs[link]! - 1]! += 1;
  }

  #repeatsOf(node: number): number {
    if (STRINGS.has(kindOf(this.graph, node))) return 0;
    const link = this.#linkAbove(node);
    return link === NOTHING ? 0 : this.#repeats[link]! + 1;
  }

  /** The nearest new holder that is alike. */
  #linkAbove(node: number): number {
    const { graph, reach, epochs } = this;
    let above = reach.parents[node]!;
    for (let step = 0; step < LONGEST_PERIOD && above > 0 && epochs[above]! > 0; step++) {
      if (isAlike(graph, node, above)) return above;
      above = reach.parents[above]!;
    }
    return NOTHING;
  }

  #beHead(node: number, anchor: number, isChain: boolean): void {
    this.#heads[node] = node;
    const growth = this.#growthOf(node, isChain ? this.#chainAnchor(node, anchor) : anchor, isChain);
    this.#growthOfHead.set(node, growth);
    const epoch = this.epochs[node]!;
    growth.counts[epoch - 1]! += 1;
    if (epoch >= this.epochs[growth.example]!) growth.example = node;
    this.#addBytes(node, node);
  }

  /** Above what is left of the chain from before. */
  #chainAnchor(node: number, anchor: number): number {
    let above = anchor;
    while (isAlike(this.graph, node, above) && this.reach.parents[above]! !== NOTHING)
      above = this.#anchorAbove(this.reach.parents[above]!);
    return above;
  }

  #growthOf(node: number, anchor: number, isChain: boolean): Growth {
    const key = classKey(this.graph, node);
    const name = `${anchor} ${isChain ? '*' : '.'} ${key}`;
    const known = this.#growths.get(name);
    if (known) return known;
    const zeros = (): number[] => Array.from({ length: this.epochCount }, () => 0);
    const growth = { anchor, classKey: key, isChain, counts: zeros(), bytes: zeros(), example: node };
    this.#growths.set(name, growth);
    return growth;
  }

  #addBytes(node: number, head: number): void {
    this.#growthOfHead.get(head)!.bytes[this.epochs[head]! - 1]! += selfSizeOf(this.graph, node);
  }
}

/** Of one kind and name, closures of one place. */
function isAlike(graph: HeapGraph, one: number, other: number): boolean {
  if (graph.names[one] !== graph.names[other] || kindOf(graph, one) !== kindOf(graph, other)) return false;
  if (kindOf(graph, one) !== NodeKind.closure) return true;
  return placeOf(graph, one) === placeOf(graph, other);
}
