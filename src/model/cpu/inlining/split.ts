/** Lines whose time belongs to one of several functions, and what is known of those functions elsewhere. */
import { PairTable } from '../pair-table.ts';
import type { LineRows } from './line-rows.ts';
import type { Links } from './links.ts';

/** A row and the links (pairs of frame charged and function that burnt) its time may belong to. */
export interface OpenRow {
  readonly row: number;
  readonly links: readonly number[];
}

/** A row that one function burnt. */
export interface ClosedRow {
  readonly row: number;
  readonly link: number;
}

export interface SplitInput {
  readonly rows: LineRows;
  readonly links: Links;
  readonly open: readonly OpenRow[];
  readonly closed: readonly ClosedRow[];
}

/** What the closed rows tell of functions. */
export class Known {
  readonly #time = new Map<number, number>();
  /** How a function's time lies on its lines where it ran by itself; where it never did, on those it left alone. */
  readonly #own = new LineTimes();
  readonly #left = new LineTimes();

  constructor({ rows, links, closed }: SplitInput) {
    for (const { row, link } of closed) {
      const burnt = links.burnt(link);
      this.#time.set(burnt, this.time(burnt) + rows.time[row]!);
      (links.isSelf(link) ? this.#own : this.#left).add(burnt, rows.line[row]!, rows.time[row]!);
    }
  }

  /** Microseconds on all closed rows, whomever V8 charged. */
  time(burnt: number): number {
    return this.#time.get(burnt) ?? 0;
  }

  /** Share of a line in the function's time, 0 … 1. */
  share(burnt: number, line: number): number {
    return this.#own.share(burnt, line) ?? this.#left.share(burnt, line) ?? 0;
  }
}

class LineTimes {
  readonly #cells = new PairTable();
  readonly #cellTime: number[] = [];
  readonly #time = new Map<number, number>();

  add(burnt: number, line: number, time: number): void {
    const cell = this.#cells.intern(burnt, line);
    this.#cellTime[cell] = (this.#cellTime[cell] ?? 0) + time;
    this.#time.set(burnt, (this.#time.get(burnt) ?? 0) + time);
  }

  /** Undefined for a function without any time. */
  share(burnt: number, line: number): number | undefined {
    const time = this.#time.get(burnt);
    return time && (this.#cellTime[this.#cells.intern(burnt, line)] ?? 0) / time;
  }
}
