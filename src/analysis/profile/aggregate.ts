/** Self and total time of every original function and line, over all threads. */
import type { TimeBreakdown } from '../../contracts/document.ts';
import { FunctionTable, nodeOwners, type OriginalFunction } from './function-table.ts';
import { nodeTotals, walk } from './node-totals.ts';
import type { Owner } from './owner.ts';
import type { SampledThread } from './sampled-thread.ts';

export interface FunctionTimes extends OriginalFunction {
  readonly self: number;
  /** With all it called; recursion counted once. */
  readonly total: number;
  readonly samples: number;
}

export interface LineTimes {
  readonly file: string;
  readonly line: number;
  readonly self: number;
  readonly owner: Owner;
}

export interface Aggregate {
  /** All that were seen, in no order. */
  readonly functions: readonly FunctionTimes[];
  readonly lines: readonly LineTimes[];
  readonly breakdown: TimeBreakdown;
  /** What the program burnt: idle and Slowcatch's own cost are not in it. Shares are of this. */
  readonly cpuMicroseconds: number;
  readonly samples: number;
}

export function aggregate(threads: readonly SampledThread[]): Aggregate {
  const builder = new AggregateBuilder();
  for (const thread of threads) builder.add(thread);
  return builder.build();
}

class AggregateBuilder {
  private readonly table = new FunctionTable();
  private readonly self: number[] = [];
  private readonly total: number[] = [];
  private readonly samples: number[] = [];
  private readonly lines = new Map<string, { file: string; line: number; self: number; owner: Owner }>();
  private readonly times: Record<Owner, number> = {
    ...{ own: 0, packages: 0, node: 0, native: 0 },
    ...{ gc: 0, program: 0, idle: 0, slowcatch: 0 },
  };

  add(thread: SampledThread): void {
    const ids = this.table.idsOf(thread);
    const owners = nodeOwners(
      thread,
      Array.from(ids, id => this.table.functions[id]!.owner),
    );
    for (let id = this.self.length; id < this.table.functions.length; id++) {
      this.self.push(0);
      this.total.push(0);
      this.samples.push(0);
    }
    this.addFunctions(thread, ids, owners);
    this.addLines(thread, owners);
  }

  build(): Aggregate {
    const { times } = this;
    const functions = this.table.functions.map((found, id) => ({
      ...found,
      self: this.self[id]!,
      total: this.total[id]!,
      samples: this.samples[id]!,
    }));
    const sampled = Object.values(times).reduce((sum, time) => sum + time, 0);
    return {
      functions,
      lines: [...this.lines.values()],
      breakdown: {
        sampledMicroseconds: sampled,
        idleMicroseconds: times.idle,
        garbageCollectionMicroseconds: times.gc,
        programMicroseconds: times.program,
        nativeMicroseconds: times.native,
        nodeMicroseconds: times.node,
        packagesMicroseconds: times.packages,
        ownMicroseconds: times.own,
        slowcatchMicroseconds: times.slowcatch,
      },
      cpuMicroseconds: sampled - times.idle - times.slowcatch,
      samples: this.samples.reduce((sum, count) => sum + count, 0),
    };
  }

  private addFunctions({ tree }: SampledThread, ids: Int32Array, owners: readonly Owner[]): void {
    const totals = nodeTotals(tree);
    const open = new Int32Array(this.table.functions.length);
    walk(
      tree,
      node => {
        const id = ids[tree.frame[node]!]!;
        this.times[owners[node]!] += tree.self[node]!;
        if (owners[node] !== 'slowcatch') {
          this.self[id]! += tree.self[node]!;
          this.samples[id]! += tree.samples[node]!;
        }
        if (open[id]!++ === 0) this.total[id]! += totals[node]!;
      },
      node => void open[ids[tree.frame[node]!]!]!--,
    );
  }

  private addLines({ tree, place }: SampledThread, owners: readonly Owner[]): void {
    const places = new LinePlaces(place);
    for (let row = 0; row < tree.lineNode.length; row++) {
      const node = tree.lineNode[row]!;
      const owner = owners[node]!;
      if (owner === 'slowcatch') continue;
      const at = places.of(tree.frames[tree.frame[node]!]!, tree.frame[node]!, tree.lineNumber[row]!);
      if (at) this.addLine(at, owner, tree.lineMicroseconds[row]!);
    }
  }

  private addLine({ file, line }: { file: string; line: number }, owner: Owner, self: number): void {
    const key = `${file}:${line}`;
    const known = this.lines.get(key);
    if (known) known.self += self;
    else this.lines.set(key, { file, line, self, owner });
  }
}

/** Asks the placement once per frame and line. */
class LinePlaces {
  private readonly known = new Map<number, Map<number, ReturnType<SampledThread['place']['lineAt']>>>();

  constructor(private readonly place: SampledThread['place']) {}

  of(frame: Parameters<SampledThread['place']['lineAt']>[0], index: number, line: number) {
    let lines = this.known.get(index);
    if (!lines) this.known.set(index, (lines = new Map()));
    if (!lines.has(line)) lines.set(line, this.place.lineAt(frame, line));
    return lines.get(line);
  }
}
