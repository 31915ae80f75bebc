/** What recording has cost, in words. */
import type { OverheadShares, OverheadSummary } from '../contracts/document.ts';
import { microseconds } from '../contracts/units.ts';
import { formatShare, formatTime } from '../format/numbers.ts';

/** `5.2 % of the CPU time`, or `210 ms of CPU time` of what was too short for a share; `≥` where a part is not measured. */
export function overheadBrief({ running, complete, totalMicroseconds }: OverheadSummary): string {
  const cost = running
    ? `${formatShare(running.cpuShare)} of the CPU time`
    : `${formatTime(microseconds(totalMicroseconds))} of CPU time`;
  return complete ? cost : `≥ ${cost}`;
}

/** `sampler 3.1 %, hooks 1.0 % (estimated), collecting and writing 1.1 %; 210 ms to start`. */
export function overheadDetail({ running, complete, startMicroseconds }: OverheadSummary): string {
  return [
    ...(running ? [partsOf(running)] : []),
    `${formatTime(microseconds(startMicroseconds))} to start`,
    ...(complete ? [] : ['the sampler’s own threads are not measured on this system']),
  ].join('; ');
}

export const overheadText = (
  overhead: OverheadSummary,
): { readonly cost: string; readonly detail: string } => ({
  cost: overheadBrief(overhead),
  detail: overheadDetail(overhead),
});

const partsOf = ({ cpuShare, samplerShare, hooksShare }: OverheadShares): string =>
  [
    `sampler ${formatShare(samplerShare)}`,
    `hooks ${formatShare(hooksShare)} (estimated)`,
    `collecting and writing ${formatShare(Math.max(0, cpuShare - samplerShare - hooksShare))}`,
  ].join(', ');
