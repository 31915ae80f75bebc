import type { CallTree } from '../cpu/call-tree.ts';
import { toFrame } from '../cpu/call-frame.ts';
import { IndexColumn, TimeColumn } from '../cpu/growing-column.ts';
import type { JsonCursor } from '../cpu/json-cursor.ts';
import { indexById } from '../cpu/node-order.ts';
import { ROOT_FRAME, type Frame } from '../cpu/profile.ts';
import { WrittenValues } from '../cpu/written-values.ts';

/** The nodes of a `.heapprofile` as columns, in the order of the file: parents before their children. */
export class HeapNodes {
  readonly #parent = new IndexColumn();
  readonly #frame = new IndexColumn();
  readonly #id = new IndexColumn();
  readonly #self = new TimeColumn();
  readonly #frames = new WrittenValues();

  get count(): number {
    return this.#parent.length;
  }

  parentOf(node: number): number {
    return this.#parent.values[node]!;
  }

  /** Adds a node of which nothing is known yet; -1 has no parent. Answers its index. */
  add(parent: number): number {
    this.#parent.push(parent);
    this.#frame.push(-1);
    this.#id.push(-1);
    return this.count - 1;
  }

  setId(node: number, id: number): void {
    this.#id.values[node] = id >= 0 && id <= 0x7f_ff_ff_ff ? id : -1;
  }

  setSelf(node: number, bytes: number): void {
    this.#self.upTo(this.count)[node] = bytes;
  }

  /** Reads the call frame at the cursor. */
  readFrame(node: number, cursor: JsonCursor): void {
    cursor.skipSpace();
    const start = cursor.at;
    cursor.skipValue();
    if (!cursor.broken) this.#frame.values[node] = this.#frames.add(cursor.view, start, cursor.at);
  }

  /** Throws a SyntaxError where a call frame is not JSON. */
  tree(samples: SampleCounts): CallTree {
    const frames = [...this.#readFrames(), ROOT_FRAME];
    const rootFrame = frames.length - 1;
    return {
      frames,
      nodeCount: this.count,
      parent: this.#parent.view().slice(),
      frame: this.#frame.view().map((frame, node) => (frame < 0 || node === 0 ? rootFrame : frame)),
      self: this.#self.upTo(this.count).slice(),
      samples,
      lineNode: new Int32Array(0),
      lineNumber: new Int32Array(0),
      lineMicroseconds: new Float64Array(0),
    };
  }

  /** How many of `ids` name each node; others are counted as `unknown`. */
  countSamples(ids: Int32Array): { readonly counts: SampleCounts; readonly unknown: number } {
    const indexOf = indexById(this.#id.view());
    const counts = new Float64Array(this.count);
    let unknown = 0;
    for (const id of ids) {
      const node = indexOf(id);
      if (node < 0) unknown++;
      else counts[node]!++;
    }
    return { counts, unknown };
  }

  #readFrames(): Frame[] {
    const urls = new Map<string, string>();
    return this.#frames.parse(value => toFrame(value, urls));
  }
}

/** By node. */
type SampleCounts = Float64Array;
