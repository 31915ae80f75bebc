/** What the time of operations went to: waits by what they were for, and the largest part. */
import type { HotLine, MainCause, OperationWait } from '../../contracts/document.ts';
import type { LedgerKind } from '../../contracts/operation-kinds.ts';
import type { Ledger, LedgerGroup } from './ledger-types.ts';

/** What is left of a ledger where there are thousands. */
export interface OperationTimes {
  readonly cpuMilliseconds: number;
  /** By purpose, the longest first; with the time on the CPU they add up to the duration. */
  readonly waits: readonly OperationWait[];
}

export const timesOf = ({ groups }: Pick<Ledger, 'groups'>): OperationTimes => ({
  cpuMilliseconds: groups.reduce((sum, { kind, length }) => (kind === 'cpu' ? sum + length / 1000 : sum), 0),
  waits: groups.flatMap(group => toWait(group) ?? []),
});

export function summedTimes(times: readonly OperationTimes[]): OperationTimes {
  const sums = new Map<string, OperationWait>();
  for (const wait of times.flatMap(({ waits }) => waits)) {
    const key = keyOf(wait);
    const known = sums.get(key);
    sums.set(key, known ? added(known, wait) : wait);
  }
  return {
    cpuMilliseconds: times.reduce((sum, { cpuMilliseconds }) => sum + cpuMilliseconds, 0),
    waits: [...sums.values()].sort((a, b) => b.milliseconds - a.milliseconds),
  };
}

/** What a pool was like is told anew each time; it is one pool all the same. */
function keyOf({ kind, isOnThread, file = '', line = 0, library = '', detail = '' }: OperationWait): string {
  const what = kind === 'pool' ? '' : detail;
  return `${kind} ${isOnThread} ${line} ${library}\n${file}\n${what}`;
}

function toWait(group: LedgerGroup): OperationWait | undefined {
  const { kind, isOnThread, isEstimated, length, longestMicroseconds, count, place, library, detail } = group;
  const { isLikeOthers, caller } = group;
  if (kind === 'cpu') return undefined;
  return {
    ...{ kind, milliseconds: length / 1000, count, longestMilliseconds: longestMicroseconds / 1000 },
    ...{ isOnThread, isEstimated },
    ...place,
    ...(isLikeOthers === undefined ? {} : { isLikeOthers }),
    ...(caller ? { caller } : {}),
    ...(library === undefined ? {} : { library }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function added(a: OperationWait, b: OperationWait): OperationWait {
  // The detail of the longer one.
  const { isLikeOthers: _own, ...longer } = b.longestMilliseconds > a.longestMilliseconds ? b : a;
  const caller = longer.caller ?? a.caller ?? b.caller;
  return {
    ...longer,
    milliseconds: a.milliseconds + b.milliseconds,
    count: a.count + b.count,
    longestMilliseconds: Math.max(a.longestMilliseconds, b.longestMilliseconds),
    isEstimated: a.isEstimated || b.isEstimated,
    ...(caller ? { caller } : {}),
    ...(a.isLikeOthers && b.isLikeOthers ? { isLikeOthers: true } : {}),
  };
}

interface TimeSums extends OperationTimes {
  /** Of all that is summed up. */
  readonly durationMilliseconds: number;
  /** Of the CPU time, the hottest first. */
  readonly hotLines: readonly HotLine[];
}

interface KindSum {
  readonly kind: LedgerKind;
  readonly isOnThread: boolean;
  milliseconds: number;
}

/** The kind with most of the time; its line is where most of that time has one. Undefined where nothing explains it. */
export function mainCauseOf({
  cpuMilliseconds,
  durationMilliseconds,
  waits,
  hotLines,
}: TimeSums): MainCause | undefined {
  const sums = new Map<string, KindSum>([
    ['cpu false', { kind: 'cpu', isOnThread: false, milliseconds: cpuMilliseconds }],
  ]);
  for (const { kind, isOnThread, milliseconds } of waits) {
    const key = `${kind} ${isOnThread}`;
    const sum = sums.get(key) ?? { kind, isOnThread, milliseconds: 0 };
    sum.milliseconds += milliseconds;
    sums.set(key, sum);
  }
  const main = [...sums.values()].reduce((most, sum) => (sum.milliseconds > most.milliseconds ? sum : most));
  if (main.kind === 'unknown' || !(main.milliseconds > 0)) return undefined;
  const ofKind = waits.filter(({ kind, isOnThread }) => kind === main.kind && isOnThread === main.isOnThread);
  const at = main.kind === 'cpu' ? hotLines[0] : ofKind.find(({ file }) => file !== undefined);
  const detail = ofKind.find(wait => wait.detail !== undefined && (!at || wait === at))?.detail;
  return {
    ...main,
    share: main.milliseconds / durationMilliseconds,
    ...(at?.file === undefined ? {} : { file: at.file }),
    ...(at?.line === undefined ? {} : { line: at.line }),
    ...(detail === undefined ? {} : { detail }),
  };
}
