import type {
  GcDocument,
  HotFunction,
  OperationRoute,
  RepairSummary,
  TimeBreakdown,
} from '../../contracts/document.ts';
import type { LeakSuspicion } from '../../contracts/leaks.ts';
import type { Finding } from '../../contracts/finding.ts';

/** What findings about a profile are made from. */
export interface ProfileFacts {
  readonly breakdown: TimeBreakdown;
  /** What the program burnt: neither idle time nor Slowcatch's own cost. */
  readonly cpuMicroseconds: number;
  /** All samples, idle ones too; 0 where a foreign profile does not say how many there were. */
  readonly samples: number;
  /** The heaviest first. */
  readonly hotFunctions: readonly HotFunction[];
  readonly repair: RepairSummary;
  /** Of a stretch of what was recorded. */
  readonly isPart?: boolean;
  /** As in the document; absent where none were followed. */
  readonly operations?: readonly OperationRoute[];
  /** Measured; absent where only samples tell of garbage collection. */
  readonly gc?: Pick<GcDocument, 'count' | 'pauseMilliseconds' | 'byKind'>;
  /** Absent where what is still held was not sampled. */
  readonly suspicions?: readonly LeakSuspicion[];
}

/** Looks for one kind of finding; pure, and independent of all others. */
export type FindIn = (facts: ProfileFacts) => readonly Finding[];

export const percent = (share: number): number => Math.round(share * 100);
