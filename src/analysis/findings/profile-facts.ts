import type { HotFunction, RepairSummary } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import type { Aggregate } from '../profile/aggregate.ts';

/** What findings about a profile are made from. */
export interface ProfileFacts {
  readonly profile: Aggregate;
  readonly hotFunctions: readonly HotFunction[];
  readonly repair: RepairSummary;
}

/** Looks for one kind of finding; pure, and independent of all others. */
export type FindIn = (facts: ProfileFacts) => readonly Finding[];

export const percent = (share: number): number => Math.round(share * 100);
