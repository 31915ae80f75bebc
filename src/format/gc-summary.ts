import type { CollectionStatistics } from '../contracts/views/runtime.ts';
import { milliseconds } from '../contracts/units.ts';
import { formatMilliseconds, formatShare } from './numbers.ts';

interface Summed {
  readonly all: Pick<CollectionStatistics['all'], 'count' | 'p95Milliseconds'>;
  readonly share: number;
}

/** `GC 3.2 % · p95 12.1 ms` for a row of the view; `no collection` when there was none. */
export function gcSummary({ all, share }: Summed): string {
  if (all.count === 0) return 'no collection';
  return `GC ${formatShare(share)} · p95 ${formatMilliseconds(milliseconds(all.p95Milliseconds))}`;
}
