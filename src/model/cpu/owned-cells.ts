/**
 * The sampled time of many owners (kept operations) of one thread, told apart in one pass over its segments.
 *
 *   spans     who owned the thread from when to when, by start; they may overlap: then each has the time
 *   rows      (owner, node of the whole tree): microseconds and samples; one for each segment that has some
 *   ticks     how the time of a row spreads over lines of the script, as the position ticks of its segment do
 */
import type { CallTree } from './call-tree.ts';
import { NOBODY, visitCellsBy, visitSamples } from './cells.ts';
import type { TimeSpan } from './time-span.ts';
import { frameKind } from './frame-kind.ts';
import { IndexColumn, TimeColumn } from './growing-column.ts';
import { usualInterval } from './late-samples.ts';
import { PairTable } from './pair-table.ts';
import type { CpuProfile } from './profile.ts';
import { allRows, orderRows, pick, sortWithin } from './row-order.ts';

export interface OwnedSpan extends TimeSpan {
  /** 0 … number of owners - 1. */
  readonly owner: number;
}

/** An owner was in one of some calls (see `blockingCalls`), without a break. */
export interface OwnedStretch extends OwnedSpan {
  readonly call: number;
}

/** Rows of one owner come together, `rowStart[owner]` … `rowStart[owner + 1]`; ticks of one set likewise. */
export interface OwnedCells {
  readonly owners: number;
  readonly rowStart: Int32Array;
  /** Node of the whole tree, before the repair of inlined functions. */
  readonly node: Int32Array;
  readonly time: Float64Array;
  readonly samples: Float64Array;
  /** Many rows have the same. */
  readonly tickSet: Int32Array;
  readonly tickStart: Int32Array;
  readonly tickLine: Int32Array;
  /** Of the time of a row. */
  readonly tickShare: Float64Array;
  /** By owner and time. */
  readonly stretches: readonly OwnedStretch[];
}

export class OwnedCellsBuilder {
  readonly #spans: readonly OwnedSpan[];
  readonly #owners: number;
  /** Node of the whole for what no sample has seen; -1 where all was seen. */
  readonly #nobody: number;
  readonly #owner = new IndexColumn();
  readonly #node = new IndexColumn();
  readonly #time = new TimeColumn();
  readonly #samples = new TimeColumn();
  readonly #tickSet = new IndexColumn();
  readonly #ticks = new TickSets();
  readonly #stretches: Stretches;
  /** Spans before it end before the segments that come. */
  #next = 0;

  /** `spans` ascend by `from`; `whole` is the tree of all segments; `callOf` tells the calls of its nodes, -1: none. */
  constructor(spans: readonly OwnedSpan[], owners: number, whole: CallTree, callOf?: Int32Array) {
    this.#spans = spans;
    this.#owners = owners;
    this.#stretches = new Stretches(callOf);
    this.#nobody = whole.frame.findIndex(frame => frameKind(whole.frames[frame]!) === 'notSampled');
  }

  /** Segments come in the order of their times; `nodes` are those of the whole, by node of the segment. */
  add(segment: CpuProfile, counted: TimeSpan, nodes: Int32Array): void {
    const own = this.#own(segment, counted, nodes);
    this.#enter(segment, own, nodes);
  }

  /** Time and samples by (owner, node of the segment); `NOBODY` is a node there. */
  #own(segment: CpuProfile, { from, to }: TimeSpan, nodes: Int32Array): SegmentRows {
    const rows = new SegmentRows();
    const usual = usualInterval(segment);
    const spans = this.#spans;
    while (this.#next < spans.length && spans[this.#next]!.to <= from) this.#next++;
    for (let index = this.#next; index < spans.length && spans[index]!.from < to; index++) {
      const { owner, from: start, to: end } = spans[index]!;
      const part = { from: Math.max(start, from), to: Math.min(end, to) };
      if (part.from >= part.to) continue;
      visitCellsBy(usual, segment, part, (node, since, until) => {
        rows.addTime(owner, node, until - since);
        if (node === NOBODY) this.#stretches.miss(owner, since, until);
        else this.#stretches.add(owner, nodes[node]!, since, until);
      });
      visitSamples(segment, part, node => rows.addSample(owner, node));
    }
    return rows;
  }

  #enter(segment: CpuProfile, { pairs, time, samples }: SegmentRows, nodes: Int32Array): void {
    const ticksOf = this.#ticks.of(segment);
    const [owners, ownNodes] = [pairs.first(), pairs.second()];
    const rows = this.#owner.length;
    const timeHere = this.#time.upTo(rows + pairs.count);
    const samplesHere = this.#samples.upTo(rows + pairs.count);
    for (let pair = 0; pair < pairs.count; pair++) {
      const node = ownNodes[pair]! - 1;
      const whole = node === NOBODY ? this.#nobody : nodes[node]!;
      if (whole < 0) continue;
      const row = this.#owner.length;
      this.#owner.push(owners[pair]!);
      this.#node.push(whole);
      this.#tickSet.push(node === NOBODY ? NO_TICKS : ticksOf(node));
      timeHere[row] = time[pair] ?? 0;
      samplesHere[row] = samples[pair] ?? 0;
    }
  }

  cells(): OwnedCells {
    const owner = this.#owner.view();
    const rows = orderRows(allRows(owner.length), owner, this.#owners);
    return {
      owners: this.#owners,
      rowStart: starts(owner, this.#owners),
      node: pick(this.#node.view(), rows, new Int32Array(rows.length)),
      time: pick(this.#time.upTo(rows.length), rows, new Float64Array(rows.length)),
      samples: pick(this.#samples.upTo(rows.length), rows, new Float64Array(rows.length)),
      tickSet: pick(this.#tickSet.view(), rows, new Int32Array(rows.length)),
      ...this.#ticks.columns(),
      stretches: this.#stretches.list(),
    };
  }
}

/** The set of a node without ticks. */
const NO_TICKS = 0;

/** The ticks of nodes of segments that owners have met, each set once: thousands of owners may have met it. */
class TickSets {
  /** First row by set, and behind the last one their number; the first set is empty. */
  readonly #start = new IndexColumn();
  readonly #line = new IndexColumn();
  readonly #share = new TimeColumn();

  constructor() {
    this.#start.push(0);
    this.#start.push(0);
  }

  /** Set by node of a segment. */
  of(segment: CpuProfile): (node: number) => number {
    const { tickLine, tickCount } = segment;
    const start = starts(segment.tickNode, segment.nodeCount);
    const known = new Int32Array(segment.nodeCount).fill(-1);
    return node => {
      if (known[node]! >= 0) return known[node]!;
      const [from, to] = [start[node]!, start[node + 1]!];
      if (from === to) return (known[node] = NO_TICKS);
      let ticks = 0;
      for (let tick = from; tick < to; tick++) ticks += tickCount[tick]!;
      const share = this.#share.upTo(this.#line.length + to - from);
      for (let tick = from; tick < to; tick++) {
        share[this.#line.length] = tickCount[tick]! / ticks;
        this.#line.push(tickLine[tick]!);
      }
      this.#start.push(this.#line.length);
      return (known[node] = this.#start.length - 2);
    };
  }

  columns(): Pick<OwnedCells, 'tickStart' | 'tickLine' | 'tickShare'> {
    return {
      tickStart: this.#start.view().slice(),
      tickLine: this.#line.view().slice(),
      tickShare: this.#share.upTo(this.#line.length).slice(),
    };
  }
}

/** The tree of some owners: nodes and frames are those of the whole. */
export function treeOfOwners(cells: OwnedCells, whole: CallTree, owners: Iterable<number>): CallTree {
  const { rowStart, node, time, samples, tickSet, tickStart, tickLine, tickShare } = cells;
  const { frames, nodeCount, parent, frame } = whole;
  const self = new Float64Array(nodeCount);
  const count = new Float64Array(nodeCount);
  const lines = new PairTable();
  const spent = new TimeColumn();
  for (const owner of new Set(owners)) {
    for (let row = rowStart[owner]!; row < rowStart[owner + 1]!; row++) {
      self[node[row]!]! += time[row]!;
      count[node[row]!]! += samples[row]!;
      if (time[row] === 0) continue;
      const [from, to] = [tickStart[tickSet[row]!]!, tickStart[tickSet[row]! + 1]!];
      for (let tick = from; tick < to; tick++) {
        const index = lines.intern(node[row]!, tickLine[tick]!);
        spent.upTo(lines.count)[index]! += time[row]! * tickShare[tick]!;
      }
    }
  }
  const rows = orderRows(allRows(lines.count), lines.first(), nodeCount);
  sortWithin(rows, lines.first(), lines.second());
  return {
    ...{ frames, nodeCount, parent, frame, self, samples: count },
    lineNode: pick(lines.first(), rows, new Int32Array(rows.length)),
    lineNumber: pick(lines.second(), rows, new Int32Array(rows.length)),
    lineMicroseconds: pick(spent.upTo(rows.length), rows, new Float64Array(rows.length)),
  };
}

interface OpenStretch extends OwnedStretch {
  to: number;
  /** Nobody has seen what ran from `to` until then. */
  missedUntil: number;
}

/** Where nobody has seen what ran between two samples in one call, it was that call, as with two samples of one node. */
class Stretches {
  readonly #all: OpenStretch[] = [];
  /** By owner. */
  readonly #last = new Map<number, OpenStretch>();
  readonly #callOf: Int32Array | undefined;

  constructor(callOf: Int32Array | undefined) {
    this.#callOf = callOf;
  }

  add(owner: number, node: number, from: number, to: number): void {
    const call = this.#callOf?.[node] ?? -1;
    if (call < 0) return;
    const last = this.#last.get(owner);
    if (last?.call === call && last.missedUntil === from) {
      last.to = last.missedUntil = to;
      return;
    }
    const stretch = { owner, call, from, to, missedUntil: to };
    this.#all.push(stretch);
    this.#last.set(owner, stretch);
  }

  miss(owner: number, from: number, to: number): void {
    const last = this.#last.get(owner);
    if (last?.missedUntil === from) last.missedUntil = to;
  }

  list(): readonly OwnedStretch[] {
    return this.#all.sort((a, b) => a.owner - b.owner || a.from - b.from);
  }
}

class SegmentRows {
  /** (owner, node + 1). */
  readonly pairs = new PairTable();
  readonly time: number[] = [];
  readonly samples: number[] = [];

  addTime(owner: number, node: number, time: number): void {
    const pair = this.pairs.intern(owner, node + 1);
    this.time[pair] = (this.time[pair] ?? 0) + time;
  }

  addSample(owner: number, node: number): void {
    const pair = this.pairs.intern(owner, node + 1);
    this.samples[pair] = (this.samples[pair] ?? 0) + 1;
  }
}

/** Of keys 0 … `limit`-1: how many come before each, by key; and behind them how many there are. */
function starts(keys: Int32Array, limit: number): Int32Array {
  const start = new Int32Array(limit + 1);
  for (let index = 0; index < keys.length; index++) start[keys[index]! + 1]!++;
  for (let key = 1; key <= limit; key++) start[key]! += start[key - 1]!;
  return start;
}
