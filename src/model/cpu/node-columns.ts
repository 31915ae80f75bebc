import { toFrame } from './call-frame.ts';
import { IndexColumn, toIndex } from './growing-column.ts';
import { END_OF_OBJECT, type JsonCursor } from './json-cursor.ts';
import { KeySet } from './json-keys.ts';
import { PlainNode } from './plain-node.ts';
import type { Frame } from './profile.ts';
import { sortTicks } from './sort-ticks.ts';
import { WrittenValues } from './written-values.ts';

/** In the order in which V8 writes them. */
const NODE_KEYS = ['id', 'callFrame', 'hitCount', 'children', 'positionTicks', 'parent'];
const TICK_KEYS = ['line', 'ticks'];

/** `{}`, for nodes without a call frame. */
const EMPTY_OBJECT = new DataView(Uint8Array.of(0x7b, 0x7d).buffer);

/**
 * The nodes of a `.cpuprofile` as columns, in the order of the file.
 *
 *   id, parentId     as in the file; -1 where there is none
 *   frame            index into `frames()`
 *   hits             V8's hitCount, -1 where there is none
 *   child*           rows (index of the parent, id of the child), from children lists
 *   tick*            rows (node index, 1-based line, ticks), grouped by node ascending, lines ascending and once each
 */
export class NodeColumns {
  readonly id = new IndexColumn();
  readonly parentId = new IndexColumn();
  readonly frame = new IndexColumn();
  readonly hits = new IndexColumn();
  readonly childParent = new IndexColumn();
  readonly childId = new IndexColumn();
  readonly tickNode = new IndexColumn();
  readonly tickLine = new IndexColumn();
  readonly tickCount = new IndexColumn();
  readonly #frames = new WrittenValues();
  readonly #plain = new PlainNode({
    ...{ childId: this.childId, tickLine: this.tickLine, tickCount: this.tickCount },
    readFrame: cursor => this.#readFrame(cursor),
  });
  readonly #nodeKeys = new KeySet(NODE_KEYS);
  readonly #tickKeys = new KeySet(TICK_KEYS);
  /** Line and ticks of the row that is being read. */
  readonly #tick = new Int32Array(TICK_KEYS.length);

  get count(): number {
    return this.id.length;
  }

  /** All hits: as many samples as V8 has written, or any number in a file of somebody else. */
  totalHits = 0;

  /** The frames that `frame` means. Throws a SyntaxError if one is not JSON. */
  frames(): Frame[] {
    const urls = new Map<string, string>();
    return this.#frames.parse(value => toFrame(value, urls));
  }

  /** Reads one node; skips what is no object. Leaves nothing behind when the cursor breaks on the way. */
  read(cursor: JsonCursor): void {
    const start = cursor.at;
    const plain = this.#plain;
    if (plain.read(cursor)) return this.#add(plain.id, -1, plain.frame, plain.hits);
    cursor.at = start;
    cursor.broken = false;
    this.#forgetRows();
    this.#readOther(cursor);
  }

  #readOther(cursor: JsonCursor): void {
    let id = -1;
    let parentId = -1;
    let frame = -1;
    let hits = -1;
    if (!cursor.enterObject()) return;
    for (let key = cursor.key(this.#nodeKeys); key !== END_OF_OBJECT; key = cursor.key(this.#nodeKeys)) {
      if (key === 0) id = cursor.number();
      else if (key === 1) frame = this.#readFrame(cursor);
      else if (key === 2) hits = cursor.number();
      else if (key === 3) this.#readChildren(cursor);
      else if (key === 4) this.#readTicks(cursor);
      else parentId = cursor.number();
    }
    if (cursor.broken) this.#forgetRows();
    else this.#add(id, parentId, frame, hits);
  }

  /** A node whose children and ticks stand behind those of the nodes before. */
  #add(id: number, parentId: number, frame: number, hits: number): void {
    if (this.tickLine.length - this.tickNode.length > 1) this.#sortTicks();
    this.childParent.fill(this.count, this.childId.length);
    this.tickNode.fill(this.count, this.tickLine.length);
    this.id.push(id);
    this.parentId.push(parentId);
    this.frame.push(frame === -1 ? this.#frames.add(EMPTY_OBJECT, 0, EMPTY_OBJECT.byteLength) : frame);
    this.hits.push(hits);
    this.totalHits += Math.max(hits, 0) || 0;
  }

  /** Children and ticks of a node that is not all there. */
  #forgetRows(): void {
    this.childId.length = this.childParent.length;
    this.tickLine.length = this.tickNode.length;
    this.tickCount.length = this.tickNode.length;
  }

  /** V8 writes a call frame with each of its nodes. Bytes up to a brace that were all of a value before are so again. */
  #readFrame(cursor: JsonCursor): number {
    cursor.skipSpace();
    const start = cursor.at;
    const end = cursor.firstBrace();
    const known = end > 0 ? this.#frames.find(cursor.view, start, end) : -1;
    if (known >= 0) {
      cursor.at = end;
      return known;
    }
    cursor.skipValue();
    return cursor.broken ? -1 : this.#frames.add(cursor.view, start, cursor.at);
  }

  #readChildren(cursor: JsonCursor): void {
    if (!cursor.enterList()) return;
    while (cursor.element()) this.childId.push(cursor.number());
  }

  #readTicks(cursor: JsonCursor): void {
    if (!cursor.enterList()) return;
    const tick = this.#tick;
    while (cursor.element()) {
      this.#readTick(cursor);
      if (tick[0]! <= 0 || tick[1]! <= 0) continue;
      this.tickLine.push(tick[0]!);
      this.tickCount.push(tick[1]!);
    }
  }

  #readTick(cursor: JsonCursor): void {
    const tick = this.#tick.fill(0);
    if (!cursor.enterObject()) return;
    for (let key = cursor.key(this.#tickKeys); key !== END_OF_OBJECT; key = cursor.key(this.#tickKeys)) {
      tick[key] = toIndex(cursor.number());
    }
  }

  #sortTicks(): void {
    const { values, length } = this.tickLine;
    const end = sortTicks(values, this.tickCount.values, this.tickNode.length, length);
    this.tickLine.length = end;
    this.tickCount.length = end;
  }
}
