import type { FunctionTotals } from '../analysis/cpu/totals.ts';
import type { PlacedProfile } from '../analysis/cpu/placed-profile.ts';
import type { Metric } from '../contracts/profile-source.ts';
import { UserError } from '../contracts/user-error.ts';
import { formatWeight } from '../format/weight.ts';
import type { Analysed } from './document.ts';

/** A profile by one metric; its totals are microseconds or bytes. */
export interface Weighed {
  readonly metric: Metric;
  readonly profile: PlacedProfile;
  readonly totals: FunctionTotals;
}

/** What can be shown of a recording or a file, at least one. */
export function metricsOf({ profile, allocations }: Pick<Analysed, 'profile' | 'allocations'>): Metric[] {
  const weighed = allocations.map(({ metric }) => metric);
  return profile.threads.length > 0 || weighed.length === 0 ? ['cpu', ...weighed] : weighed;
}

/** Throws `metric-not-recorded`. */
export function weighedBy({ document, profile, totals, allocations }: Analysed, metric: Metric): Weighed {
  if (metric === 'cpu') return { metric, profile, totals };
  const found = allocations.find(each => each.metric === metric);
  if (!found) throw new UserError('metric-not-recorded', { name: document.name, metric });
  return found;
}

/** `412 ms`, `4.80 MB`. */
export const formatAmount = (value: number, metric: Metric): string =>
  formatWeight(value, metric === 'cpu' ? 'microseconds' : 'bytes');
