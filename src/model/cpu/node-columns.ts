import { IndexColumn, toIndex } from './growing-column.ts';
import { END_OF_OBJECT, type JsonCursor } from './json-cursor.ts';
import { KeySet } from './json-keys.ts';
import type { Frame } from './profile.ts';
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
 *   tick*            rows (node index, 1-based line, ticks), grouped by node ascending; a line may repeat
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
  readonly #nodeKeys = new KeySet(NODE_KEYS);
  readonly #tickKeys = new KeySet(TICK_KEYS);

  get count(): number {
    return this.id.length;
  }

  /** The frames that `frame` means. Throws a SyntaxError if one is not JSON. */
  frames(): Frame[] {
    const urls = new Map<string, string>();
    return this.#frames.parse().map(value => toFrame(value, urls));
  }

  /** Reads one node; skips what is no object. Leaves nothing behind when the cursor breaks on the way. */
  read(cursor: JsonCursor): void {
    const childRows = this.childId.length;
    const tickRows = this.tickNode.length;
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
    if (cursor.broken) {
      this.#forgetRows(childRows, tickRows);
      return;
    }
    this.id.push(id);
    this.parentId.push(parentId);
    this.frame.push(frame === -1 ? this.#frames.add(EMPTY_OBJECT, 0, EMPTY_OBJECT.byteLength) : frame);
    this.hits.push(hits);
  }

  #forgetRows(childRows: number, tickRows: number): void {
    this.childParent.length = childRows;
    this.childId.length = childRows;
    this.tickNode.length = tickRows;
    this.tickLine.length = tickRows;
    this.tickCount.length = tickRows;
  }

  /** V8 writes a call frame with each of its nodes. Bytes up to a brace that were all of a value before are so again. */
  #readFrame(cursor: JsonCursor): number {
    cursor.peek();
    const start = cursor.at;
    const end = cursor.firstBrace();
    const known = end > start ? this.#frames.find(cursor.view, start, end) : -1;
    if (known >= 0) {
      cursor.at = end;
      return known;
    }
    cursor.skipValue();
    return cursor.broken ? -1 : this.#frames.add(cursor.view, start, cursor.at);
  }

  #readChildren(cursor: JsonCursor): void {
    if (!cursor.enterList()) return;
    while (cursor.element()) {
      this.childParent.push(this.count);
      this.childId.push(cursor.number());
    }
  }

  #readTicks(cursor: JsonCursor): void {
    if (!cursor.enterList()) return;
    while (cursor.element()) this.#readTick(cursor);
  }

  #readTick(cursor: JsonCursor): void {
    let line = -1;
    let ticks = -1;
    if (!cursor.enterObject()) return;
    for (let key = cursor.key(this.#tickKeys); key !== END_OF_OBJECT; key = cursor.key(this.#tickKeys)) {
      if (key === 0) line = cursor.number();
      else ticks = cursor.number();
    }
    if (!(line > 0 && ticks > 0)) return;
    this.tickNode.push(this.count);
    this.tickLine.push(line);
    this.tickCount.push(ticks);
  }
}

/** A frame from a `callFrame` of V8, whose lines and columns are 0-based, -1 for none; from anything else an empty one. */
function toFrame(value: unknown, urls: Map<string, string>): Frame {
  const { functionName, scriptId, url, lineNumber, columnNumber } = (value ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    functionName: toText(functionName),
    scriptId: toText(scriptId),
    url: shared(toText(url), toText(scriptId), urls),
    line: toIndex(Number(lineNumber)) + 1,
    column: toIndex(Number(columnNumber)) + 1,
  };
}

/** `v8.startCpuProfile` writes script ids as numbers. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** One string for all frames of a script: it is compared and hashed again and again. `urls` is by script id. */
function shared(url: string, scriptId: string, urls: Map<string, string>): string {
  const known = urls.get(scriptId);
  if (known === url) return known;
  urls.set(scriptId, url);
  return url;
}
