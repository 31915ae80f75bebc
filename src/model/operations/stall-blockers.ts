import type { OperationRecord } from '../../contracts/operations.ts';

/**
 * Sampled stalls with the kept operation of their thread that had the thread for more than half of them: what blocked a
 * worker thread is told when it is over, without whose turn it was. By start, as they come.
 */
export function withBlockers(kept: readonly OperationRecord[]): readonly OperationRecord[] {
  return kept.map(stall => {
    if (!stall.isSampled || stall.blocker) return stall;
    const blocker = kept.find(
      each => each.kind !== 'stall' && common(each, stall) > 0.5 * stall.durationMicroseconds,
    );
    return blocker ? { ...stall, blocker: { id: blocker.id, name: blocker.name } } : stall;
  });
}

/** Microseconds of a stall in which an operation held the thread. */
function common({ startMicroseconds, slices }: OperationRecord, stall: OperationRecord): number {
  const end = stall.startMicroseconds + stall.durationMicroseconds;
  let time = 0;
  for (let index = 0; index + 1 < slices.length; index += 2) {
    const from = startMicroseconds + slices[index]!;
    time += Math.max(0, Math.min(from + slices[index + 1]!, end) - Math.max(from, stall.startMicroseconds));
  }
  return time;
}
