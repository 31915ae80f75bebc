/**
 * Splits open rows so that every function gets the time that exact stacks meet it with.
 *
 * A function's target is its share of all stacks, as time, less what is known to be its own. Rows have their time,
 * functions their targets: the table between is filled by iterative proportional fitting (Deming and Stephan, 1940),
 * which stays as near as it can to the lines' proportions where those are known.
 */
import type { LocatedStack } from './exact-stacks.ts';
import { Known, type SplitInput } from './split.ts';

/** Ends well before the noise of the stacks matters; nothing changes any more after 30, measured. */
const ROUNDS = 60;
/** A line that a function was not seen on may still be its: inlined code is other code. */
const UNSEEN_SHARE = 0.2;
/** Stacks that each function is granted: one that no stack met may still have burnt some time (Krichevsky, Trofimov). */
const GRANTED_STACKS = 0.5;
/** Keeps functions alive that have already more than their target. */
const LEAST_MICROSECONDS = 1;

export interface StackTimes {
  readonly stacks: readonly LocatedStack[];
  /** Microseconds that one stack stands for. */
  readonly perStack: number;
  /** Microseconds in native functions right below a frame, by frame. */
  readonly native: Float64Array;
}

interface Entry {
  readonly time: number;
  /** Functions, and how likely each burns the line. */
  readonly burnt: readonly number[];
  readonly likely: readonly number[];
}

/** Shares of the time by open row and link. */
export function splitByStacks(input: SplitInput, { stacks, perStack, native }: StackTimes): number[][] {
  const known = new Known(input);
  const entries = entriesOf(input, known);
  const factor = new Map<number, number>();
  const target = new Map<number, number>();
  for (const burnt of new Set(entries.flatMap(entry => entry.burnt))) {
    target.set(burnt, GRANTED_STACKS * perStack - known.time(burnt) - (native[burnt] ?? 0));
    factor.set(burnt, 1);
  }
  for (const { frames, count } of stacks) {
    const burnt = frames[0]!;
    const before = target.get(burnt);
    if (before !== undefined) target.set(burnt, before + count * perStack);
  }
  let shares = sharesOf(entries, factor);
  for (let round = 0; round < ROUNDS; round++) {
    const time = timeOf(entries, shares);
    for (const [burnt, wanted] of target)
      factor.set(burnt, (factor.get(burnt)! * atLeast(wanted)) / atLeast(time.get(burnt)!));
    shares = sharesOf(entries, factor);
  }
  return shares;
}

const atLeast = (microseconds: number): number => Math.max(microseconds, LEAST_MICROSECONDS);

function entriesOf({ rows, links, open }: SplitInput, known: Known): Entry[] {
  const lines = new Map<number, Set<number>>();
  const entries = open.map(({ row, links: own }) => {
    const line = rows.line[row]!;
    const burnt = own.map(link => links.burnt(link));
    for (const each of burnt) lines.set(each, (lines.get(each) ?? new Set<number>()).add(line));
    return { row, line, burnt };
  });
  return entries.map(({ row, line, burnt }) => ({
    time: rows.time[row]!,
    burnt,
    likely: burnt.map(each => {
      const unseen = UNSEEN_SHARE / lines.get(each)!.size;
      return unseen + (1 - UNSEEN_SHARE) * known.share(each, line);
    }),
  }));
}

function sharesOf(entries: readonly Entry[], factor: ReadonlyMap<number, number>): number[][] {
  return entries.map(({ burnt, likely }) => {
    const claims = burnt.map((each, index) => factor.get(each)! * likely[index]!);
    const total = claims.reduce((sum, claim) => sum + claim, 0);
    return claims.map(claim => claim / total);
  });
}

function timeOf(entries: readonly Entry[], shares: readonly number[][]): Map<number, number> {
  const time = new Map<number, number>();
  for (const [row, entry] of entries.entries())
    for (const [index, burnt] of entry.burnt.entries())
      time.set(burnt, (time.get(burnt) ?? 0) + entry.time * shares[row]![index]!);
  return time;
}
