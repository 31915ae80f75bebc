/** A ledger added up: by kind, by purpose, and what most of the time went to. */
import { LEDGER_KINDS } from '../../contracts/operation-kinds.ts';
import { microseconds } from '../../contracts/units.ts';
import { callerOf, type Asked } from './loop-callers.ts';
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
  waits: number;
  readonly asked: Asked[];
  length: number;
  longest: number;
  isEstimated: boolean;
}

/** Waits that got no time of their own count too: those of a `Promise.all` are as many questions as they are. */
export class GroupSums {
  readonly #sums = new Map<string, Sum>();

  /** All waits are added before all parts, those by beginning. */
  addWait(
    wait: Purpose & Pick<Asked, 'callers' | 'loop' | 'isTogether'>,
    from: number,
    length: number,
  ): void {
    const sum = this.#of(wait);
    sum.waits++;
    sum.longest = Math.max(sum.longest, length);
    const { callers, loop, isTogether } = wait;
    if (callers.length > 0 || loop)
      sum.asked.push({
        ...{ from, length, callers },
        ...(loop ? { loop } : {}),
        ...(isTogether ? { isTogether } : {}),
      });
  }

  addPart(part: Purpose & Pick<LedgerPart, 'isEstimated' | 'wait'>, length: number): void {
    const sum = this.#of(part);
    sum.parts++;
    sum.length += length;
    sum.isEstimated ||= part.isEstimated;
    if (part.wait === undefined) sum.longest = Math.max(sum.longest, length);
  }

  groups(duration: number): LedgerGroup[] {
    return [...this.#sums.values()]
      .map(sum => toGroup(sum, duration))
      .sort((a, b) => b.length - a.length || order(a) - order(b));
  }

  #of(each: Purpose): Sum {
    const key = keyOf(each);
    const known = this.#sums.get(key);
    if (known) return known;
    const none = { parts: 0, waits: 0, length: 0, longest: 0, isEstimated: false };
    const sum = { purpose: toPurpose(each), asked: [], ...none };
    this.#sums.set(key, sum);
    return sum;
  }
}

export function groupsOf(
  parts: readonly LedgerPart[],
  waits: readonly LedgerWait[],
  duration: number,
): LedgerGroup[] {
  const sums = new GroupSums();
  for (const wait of waits) sums.addWait(wait, wait.from, wait.length);
  for (const part of parts) sums.addPart(part, part.length);
  return sums.groups(duration);
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
  { purpose, parts, waits, asked, length, longest, isEstimated }: Sum,
  duration: number,
): LedgerGroup => {
  const caller = callerOf(asked);
  return {
    ...purpose,
    count: waits || parts,
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
