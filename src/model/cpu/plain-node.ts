import type { IndexColumn } from './growing-column.ts';
import type { JsonCursor } from './json-cursor.ts';
import { BytePattern } from './json-keys.ts';

const COMMA = 0x2c;
const ZERO = 0x30;
const NINE = 0x39;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** So many decimal digits always fit 31 bits. */
const FAST_DIGITS = 9;

/** Keys with what must stand before their value. V8 has two writers: each has an order of its own. */
const ID = new BytePattern('"id":');
const FRAME = new BytePattern('"callFrame":');
const HITS = new BytePattern('"hitCount":');
const CHILDREN = new BytePattern('"children":[');
const TICKS = new BytePattern('"positionTicks":[');
const TICK_OPENING = new BytePattern('{"line":');
const TICK_MIDDLE = new BytePattern(',"ticks":');

/** Where the rows of a node go, and who reads its call frame. */
interface Rows {
  readonly childId: IndexColumn;
  readonly tickLine: IndexColumn;
  readonly tickCount: IndexColumn;
  /** Index of the call frame at `cursor.at`, which is left behind it. */
  readonly readFrame: (cursor: JsonCursor) => number;
}

/**
 * A node as V8 writes it, without white space and with nothing unusual in it, read by one function: calls are what
 * takes time before code is compiled, and the first nodes of a profile took a third of the time for all of it.
 */
export class PlainNode {
  id = -1;
  frame = -1;
  hits = -1;
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Reads the node at `cursor.at`. False where it is written otherwise or is not all there: rows may have been added. */
  read(cursor: JsonCursor): boolean {
    const { childId, tickLine, tickCount } = this.#rows;
    const { bytes, view } = cursor;
    let at = cursor.at;
    let hits = -1;
    let id = -1;
    let frame = -1;
    if (bytes[at] !== OPEN_OBJECT) return false;
    do {
      at++;
      const isId = ID.standsAt(view, at);
      if (isId || HITS.standsAt(view, at)) {
        const start = (at += isId ? ID.length : HITS.length);
        let value = 0;
        for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
          value = (Math.imul(value, 10) + byte - ZERO) | 0;
        if (at === start || at - start > FAST_DIGITS) return false;
        if (isId) id = value;
        else hits = value;
      } else if (FRAME.standsAt(view, at)) {
        cursor.at = at + FRAME.length;
        frame = this.#rows.readFrame(cursor);
        at = cursor.at;
        if (cursor.broken) return false;
      } else if (CHILDREN.standsAt(view, at)) {
        at += CHILDREN.length - 1;
        do {
          const start = ++at;
          let value = 0;
          for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
            value = (Math.imul(value, 10) + byte - ZERO) | 0;
          if (at === start || at - start > FAST_DIGITS) return false;
          childId.push(value);
        } while (bytes[at] === COMMA);
        if (bytes[at++] !== CLOSE_LIST) return false;
      } else if (TICKS.standsAt(view, at)) {
        at += TICKS.length - 1;
        do {
          if (!TICK_OPENING.standsAt(view, ++at)) return false;
          const start = (at += TICK_OPENING.length);
          let line = 0;
          for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
            line = (Math.imul(line, 10) + byte - ZERO) | 0;
          if (line === 0 || at - start > FAST_DIGITS || !TICK_MIDDLE.standsAt(view, at)) return false;
          const middle = (at += TICK_MIDDLE.length);
          let ticks = 0;
          for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
            ticks = (Math.imul(ticks, 10) + byte - ZERO) | 0;
          if (ticks === 0 || at - middle > FAST_DIGITS || bytes[at++] !== CLOSE_OBJECT) return false;
          tickLine.push(line);
          tickCount.push(ticks);
        } while (bytes[at] === COMMA);
        if (bytes[at++] !== CLOSE_LIST) return false;
      } else return false;
    } while (bytes[at] === COMMA);
    if (bytes[at] !== CLOSE_OBJECT) return false;
    cursor.at = at + 1;
    this.id = id;
    this.frame = frame;
    this.hits = hits;
    return true;
  }
}
