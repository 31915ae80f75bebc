/** A record of an operation as the analyses take it; a program may have been killed while it was written, or lie. */
import type { OperationRecord } from '../../contracts/operations.ts';

/** More says nothing that fewer do not; the agent writes far fewer. */
const MOST_SLICES = 100_000;

/**
 * Slices, waits and awaits within the operation's time, slices without overlap. Undefined where its times cannot be
 * true: then nothing of it is to be trusted.
 */
export function checkedOperation(record: OperationRecord): OperationRecord | undefined {
  const { durationMicroseconds: duration, startMicroseconds, slices } = record;
  const isTime = (time: number): boolean => Number.isFinite(time) && time >= 0;
  if (!isTime(duration) || !isTime(startMicroseconds) || !isTime(record.thresholdMicroseconds))
    return undefined;
  if (slices.length % 2 !== 0 || slices.length > 2 * MOST_SLICES) return undefined;
  const cut: number[] = [];
  let end = 0;
  for (let index = 0; index < slices.length; index += 2) {
    const [from, length] = [slices[index]!, slices[index + 1]!];
    if (!isTime(from) || !isTime(length) || from < end - ROUNDING) return undefined;
    const start = Math.min(Math.max(from, end), duration);
    end = Math.min(Math.max(from + length, start), duration);
    cut.push(start, end - start);
  }
  const within = <T extends { readonly from: number; readonly length: number | null }>(
    each: T,
  ): T | undefined => {
    if (!Number.isFinite(each.from) || each.from > duration) return undefined;
    if (each.length !== null && !isTime(each.length)) return undefined;
    const from = Math.max(0, each.from);
    const length = each.length === null ? null : Math.min(each.length, duration - from);
    return { ...each, from, length };
  };
  return {
    ...record,
    slices: cut,
    resumes: record.resumes.filter(({ slice, ready }) => 2 * slice < cut.length && isTime(ready)),
    waits: record.waits.flatMap(wait => within(wait) ?? []),
    awaits: record.awaits.flatMap(each => within(each) ?? []),
  };
}

/** Times are rounded to a microsecond each. */
const ROUNDING = 2;
