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

const ROUNDS = 60;
const FLOOR = Number(globalThis.process?.env['FLOOR'] ?? 0.05);

/** Shares of the time by open row and link. */
export function splitRows(input: MixtureInput): number[][] {
  const { rows, links, open, closed, stacks, perStack, tick } = input;
  const cells = new PairTable();
  const cellOf = (link: number, row: number): number => cells.intern(links.burnt(link), rows.line[row]!);
  const entries = open.map(({ row, links: own }) => ({
    time: rows.time[row]!,
    burnt: own.map(link => links.burnt(link)),
    cells: own.map(link => cellOf(link, row)),
  }));
  const involved = new Set(entries.flatMap(e => e.burnt));
  const closedMass = new Map<number, number>();
  const cellMass: number[] = [];
  for (const {
    row,
    links: [link = 0],
  } of closed) {
    const g = links.burnt(link);
    if (!involved.has(g)) continue;
    closedMass.set(g, (closedMass.get(g) ?? 0) + rows.time[row]!);
    const cell = cellOf(link, row);
    cellMass[cell] = (cellMass[cell] ?? 0) + rows.time[row]!;
  }
  const count = new Map<number, number>();
  const owner = cells.first();
  for (let c = 0; c < cells.count; c++) count.set(owner[c]!, (count.get(owner[c]!) ?? 0) + 1);
  const affinity = Float64Array.from({ length: cells.count }, (_, c) => {
    const g = owner[c]!;
    const total = (closedMass.get(g) ?? 0) + tick;
    return ((1 - FLOOR) * (cellMass[c] ?? 0)) / total + FLOOR / count.get(g)!;
  });
  const target = new Map<number, number>();
  for (const g of involved) target.set(g, -(closedMass.get(g) ?? 0));
  for (const { frames, count: n } of stacks)
    if (involved.has(frames[0]!)) target.set(frames[0]!, target.get(frames[0]!)! + n * perStack);
  const u = new Map<number, number>();
  for (const g of involved) u.set(g, Math.max(target.get(g)!, tick / 10));
  let shares: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const got = new Map<number, number>();
    shares = entries.map(e => {
      const claims = e.burnt.map((g, i) => u.get(g)! * affinity[e.cells[i]!]!);
      const total = claims.reduce((s, c) => s + c, 0);
      const own = claims.map(c => c / total);
      e.burnt.forEach((g, i) => got.set(g, (got.get(g) ?? 0) + e.time * own[i]!));
      return own;
    });
    for (const g of involved)
      u.set(g, (u.get(g)! * Math.max(target.get(g)!, tick / 10)) / ((got.get(g) ?? 0) + tick / 10));
  }
  return shares;
}
