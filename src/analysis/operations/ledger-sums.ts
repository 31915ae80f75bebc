/** A ledger added up: by kind, by purpose, and what most of the time went to. */
import { LEDGER_KINDS } from '../../contracts/operation-kinds.ts';
import { microseconds } from '../../contracts/units.ts';
import { callerOf } from './loop-callers.ts';
import type { LedgerGroup, LedgerPart, LedgerTotal, LedgerWait, MainCause, Purpose } from './ledger-types.ts';

export function totalsOf(parts: readonly LedgerPart[], duration: number): LedgerTotal[] {
  const sums = new Map<string, { kind: LedgerPart['kind']; isOnThread: boolean; length: number }>();
  for (const { kind, isOnThread, length } of parts) {
    const key = `${kind} ${isOnThread}`;
    const sum = sums.get(key);
    if (sum) sum.length += length;
    else sums.set(key, { kind, isOnThread, length });
  }
  return [...sums.values()]
    .map(sum => ({ ...sum, length: microseconds(sum.length), share: shareOf(sum.length, duration) }))
    .sort((a, b) => b.length - a.length || order(a) - order(b));
}

const order = ({ kind }: Purpose): number => LEDGER_KINDS.indexOf(kind);
const shareOf = (length: number, duration: number): number => (duration > 0 ? length / duration : 0);

interface Sum {
  readonly purpose: Purpose;
  parts: number;
  readonly waits: LedgerWait[];
  length: number;
  longest: number;
  isEstimated: boolean;
}

/** Waits that got no time of their own count too: those of a `Promise.all` are as many questions as they are. */
export function groupsOf(
  parts: readonly LedgerPart[],
  waits: readonly LedgerWait[],
  duration: number,
): LedgerGroup[] {
  const sums = new Map<string, Sum>();
  const sumOf = (each: Purpose): Sum => {
    const key = keyOf(each);
    const known = sums.get(key);
    if (known) return known;
    const sum = { purpose: toPurpose(each), parts: 0, waits: [], length: 0, longest: 0, isEstimated: false };
    sums.set(key, sum);
    return sum;
  };
  for (const wait of waits) {
    const sum = sumOf(wait);
    sum.waits.push(wait);
    sum.longest = Math.max(sum.longest, wait.length);
  }
  for (const part of parts) {
    const sum = sumOf(part);
    sum.parts++;
    sum.length += part.length;
    sum.isEstimated ||= part.isEstimated;
    if (part.wait === undefined) sum.longest = Math.max(sum.longest, part.length);
  }
  return [...sums.values()]
    .map(sum => toGroup(sum, duration))
    .sort((a, b) => b.length - a.length || order(a) - order(b));
}

const keyOf = ({ kind, isOnThread, place, isLikeOthers, detail, library }: Purpose): string =>
  // Half of all parts are nobody's.
  !place && !isOnThread && detail === undefined && library === undefined
    ? kind
    : `${kind} ${isOnThread} ${isLikeOthers} ${place?.line ?? ''} ${library ?? '-'}\n${place?.file ?? ''}\n${detail ?? '-'}`;

const toPurpose = ({ kind, isOnThread, place, isLikeOthers, detail, library }: Purpose): Purpose => ({
  kind,
  isOnThread,
  ...(place ? { place } : {}),
  ...(isLikeOthers === undefined ? {} : { isLikeOthers }),
  ...(detail === undefined ? {} : { detail }),
  ...(library === undefined ? {} : { library }),
});

const toGroup = (
  { purpose, parts, waits, length, longest, isEstimated }: Sum,
  duration: number,
): LedgerGroup => {
  const caller = callerOf(waits);
  return {
    ...purpose,
    count: waits.length || parts,
    length: microseconds(length),
    share: shareOf(length, duration),
    longestMicroseconds: microseconds(longest),
    isEstimated,
    ...(caller ? { caller } : {}),
  };
};

export function mainCauseOf(
  totals: readonly LedgerTotal[],
  groups: readonly LedgerGroup[],
): MainCause | undefined {
  const [main] = totals;
  const group = main && groups.find(each => each.kind === main.kind && each.isOnThread === main.isOnThread);
  return main && group && { ...main, group };
}
