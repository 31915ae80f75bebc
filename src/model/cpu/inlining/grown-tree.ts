/** A call tree under construction: the nodes of another one, to which nodes can be added and between which time moves. */
import type { CallTree } from '../call-tree.ts';
import type { Frame } from '../profile.ts';

export class GrownTree {
  private readonly parents: number[];
  private readonly frameOf: number[];
  private readonly self: number[];
  private readonly samples: number[];
  private readonly children = new Map<string, number>();
  private readonly lines = new Map<number, Map<number, number>>();

  constructor(private readonly tree: CallTree) {
    this.parents = Array.from(tree.parent);
    this.frameOf = Array.from(tree.frame);
    this.self = Array.from(tree.self);
    this.samples = Array.from(tree.samples);
    for (let node = 1; node < tree.nodeCount; node++) this.children.set(this.key(node), node);
  }

  frameAt(node: number): number {
    return this.frameOf[node]!;
  }

  /** Time of one line of a node that stays with it. */
  keep(node: number, line: number, microseconds: number): void {
    let lines = this.lines.get(node);
    if (!lines) this.lines.set(node, (lines = new Map<number, number>()));
    lines.set(line, (lines.get(line) ?? 0) + microseconds);
  }

  /** Moves time of one line of a node to the node that the path of frames below it leads to. */
  move(node: number, path: readonly number[], line: number, microseconds: number): void {
    const target = path.reduce((parent, frame) => this.child(parent, frame), node);
    const samples = (this.tree.samples[node]! * microseconds) / this.tree.self[node]!;
    this.self[node]! -= microseconds;
    this.self[target]! += microseconds;
    this.samples[node]! -= samples;
    this.samples[target]! += samples;
    this.keep(target, line, microseconds);
  }

  build(frames: readonly Frame[]): CallTree {
    return {
      frames,
      nodeCount: this.parents.length,
      parent: Int32Array.from(this.parents),
      frame: Int32Array.from(this.frameOf),
      // A rounding error must not become a negative time.
      self: Float64Array.from(this.self, value => Math.max(0, value)),
      samples: Float64Array.from(this.samples, value => Math.max(0, value)),
      ...this.lineColumns(),
    };
  }

  private child(parent: number, frame: number): number {
    const key = `${parent}:${frame}`;
    const existing = this.children.get(key);
    if (existing !== undefined) return existing;
    const added = this.parents.push(parent) - 1;
    this.frameOf.push(frame);
    this.self.push(0);
    this.samples.push(0);
    this.children.set(key, added);
    return added;
  }

  private key(node: number): string {
    return `${this.parents[node]!}:${this.frameOf[node]!}`;
  }

  private lineColumns(): Pick<CallTree, 'lineNode' | 'lineNumber' | 'lineMicroseconds'> {
    const rows: [node: number, line: number, microseconds: number][] = [];
    for (const node of [...this.lines.keys()].sort((a, b) => a - b))
      for (const [line, microseconds] of [...this.lines.get(node)!].sort((a, b) => a[0] - b[0]))
        rows.push([node, line, microseconds]);
    return {
      lineNode: Int32Array.from(rows, row => row[0]),
      lineNumber: Int32Array.from(rows, row => row[1]),
      lineMicroseconds: Float64Array.from(rows, row => row[2]),
    };
  }
}
