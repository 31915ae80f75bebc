/**
 * Splits the time of lines that several functions own, by expectation and maximisation (Dempster, Laird and Rubin,
 * 1977) over a mixture of functions:
 *
 *   a link (f, g)      weight: how much time g burnt that V8 charged to f; (f, f) is what f burnt itself
 *   a cell (g, line)   share of the line in g's time, wherever that was charged
 *
 *   E   a line's time goes to its links by weight(f, g) · cell(g, line);
 *       an exact stack that ends in g goes to the links of g with the frames of the stack, by weight
 *   M   a link's weight is the time and the stacks that went to it; a cell's is its share of its function's time
 *
 * Lines that one function owns settle what they can. Where all lines of two functions coincide only the exact stacks
 * tell: they come in with much weight at first and with that of one tick each at last, when ticks know better.
 */
import { PairTable } from '../pair-table.ts';
import type { LocatedStack } from './exact-stacks.ts';
import type { LineRows } from './line-rows.ts';
import type { Links } from './links.ts';

/** A row and the links its time may belong to. */
export interface OpenRow {
  readonly row: number;
  readonly links: readonly number[];
}

export interface MixtureInput {
  readonly rows: LineRows;
  readonly links: Links;
  readonly open: readonly OpenRow[];
  /** Rows with one link. */
  readonly closed: readonly OpenRow[];
  readonly stacks: readonly LocatedStack[];
  /** Microseconds that one exact stack stands for. */
  readonly perStack: number;
  /** Microseconds of one sample. */
  readonly tick: number;
}

const ROUNDS_WITH_STACKS = 40;
const ROUNDS_WITH_TICKS = 0;

/** Shares of the time by open row and link. */
export function splitRows(input: MixtureInput): number[][] {
  const mixture = new Mixture(input);
  for (let round = 0; round < ROUNDS_WITH_STACKS; round++) mixture.step(input.perStack);
  for (let round = 0; round < ROUNDS_WITH_TICKS; round++) mixture.step(input.tick);
  return mixture.shares();
}

interface Entry {
  readonly time: number;
  readonly links: readonly number[];
  readonly cells: readonly number[];
}

class Mixture {
  readonly #cells = new PairTable();
  readonly #open: Entry[];
  readonly #closed: Entry[];
  readonly #weight: Float64Array;
  readonly #share: Float64Array;
  /** Links that each stack may have been charged by, and its count. */
  readonly #stacks: { readonly count: number; readonly links: readonly number[] }[];

  constructor(private readonly input: MixtureInput) {
    const { links, open, closed, stacks, tick, perStack } = input;
    const involved = new Set(open.flatMap(({ links: own }) => own.map(link => links.burnt(link))));
    this.#open = open.map(row => this.#entry(row));
    this.#closed = closed
      .filter(row => involved.has(links.burnt(row.links[0]!)))
      .map(row => this.#entry(row));
    this.#weight = new Float64Array(links.count).fill(tick);
    this.#share = new Float64Array(this.#cells.count).fill(tick / 2);
    this.#stacks = stacks.flatMap(({ count, frames }) => {
      const known = frames.flatMap(frame => links.between(frame, frames[0]!) ?? []);
      return involved.has(frames[0]!) && known.length > 0 ? [{ count, links: known }] : [];
    });
    for (const {
      time,
      links: [link = 0],
      cells: [cell = 0],
    } of this.#closed) {
      this.#weight[link]! += time;
      this.#share[cell]! += time;
    }
    this.#normalise(this.#share);
    const charged = this.#chargedByLink();
    for (const { count, links: own } of this.#stacks) spread(this.#weight, own, charged, count * perStack);
  }

  step(perStack: number): void {
    const weight = new Float64Array(this.#weight.length);
    const share = new Float64Array(this.#share.length).fill(this.input.tick / 100);
    for (const {
      time,
      links: [link = 0],
      cells: [cell = 0],
    } of this.#closed) {
      weight[link]! += time;
      share[cell]! += time;
    }
    for (const entry of this.#open) {
      const shares = this.#sharesOf(entry);
      for (let index = 0; index < shares.length; index++) {
        weight[entry.links[index]!]! += entry.time * shares[index]!;
        share[entry.cells[index]!]! += entry.time * shares[index]!;
      }
    }
    for (const { count, links } of this.#stacks) spread(weight, links, this.#weight, count * perStack);
    this.#normalise(share);
    this.#weight.set(weight);
    this.#share.set(share);
  }

  shares(): number[][] {
    return this.#open.map(entry => this.#sharesOf(entry));
  }

  #sharesOf({ links, cells }: Entry): number[] {
    const claims = links.map((link, index) => this.#weight[link]! * this.#share[cells[index]!]!);
    const total = claims.reduce((sum, claim) => sum + claim, 0);
    return claims.map(claim => (total > 0 ? claim / total : 1 / claims.length));
  }

  #entry({ row, links }: OpenRow): Entry {
    const { rows, links: all } = this.input;
    const cells = links.map(link => this.#cells.intern(all.burnt(link), rows.line[row]!));
    return { time: rows.time[row]!, links, cells };
  }

  #chargedByLink(): Float64Array {
    const { rows, links } = this.input;
    const byFrame = new Map<number, number>();
    for (let row = 0; row < rows.count; row++)
      byFrame.set(rows.frame[row]!, (byFrame.get(rows.frame[row]!) ?? 0) + rows.time[row]!);
    return Float64Array.from({ length: links.count }, (_, link) => byFrame.get(links.charged(link)) ?? 0);
  }

  /** Cells as shares of their functions. */
  #normalise(share: Float64Array): void {
    const owner = this.#cells.first();
    const total = new Map<number, number>();
    for (let cell = 0; cell < share.length; cell++)
      total.set(owner[cell]!, (total.get(owner[cell]!) ?? 0) + share[cell]!);
    for (let cell = 0; cell < share.length; cell++) share[cell]! /= total.get(owner[cell]!)!;
  }
}

/** Adds an amount to `sums` at `links` in proportion to their `weights`. */
function spread(sums: Float64Array, links: readonly number[], weights: Float64Array, amount: number): void {
  let total = 0;
  for (const link of links) total += weights[link]!;
  for (const link of links)
    sums[link]! += total > 0 ? (amount * weights[link]!) / total : amount / links.length;
}
