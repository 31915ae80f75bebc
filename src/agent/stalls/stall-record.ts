/** A stall as the operation that it becomes. */
import type { OperationRecord } from '../../contracts/operations.ts';
import { isOfNode, type StackFrame } from './frames-now.ts';
import type { Turn } from './heartbeat.ts';

const UNKNOWN = '(unknown)';

/** CLOCK_MONOTONIC. */
export interface StallTimes {
  readonly startMicroseconds: number;
  readonly durationMicroseconds: number;
  readonly thresholdMicroseconds: number;
}

/** It goes on, and nobody is known to have caused it. */
export const stallRecord = ({ id, blocker }: Turn, times: StallTimes): OperationRecord => ({
  type: 'operation',
  id,
  kind: 'stall',
  name: UNKNOWN,
  end: 'open',
  ...times,
  isArmed: false,
  slices: [0, times.durationMicroseconds],
  resumes: [],
  waits: [],
  awaits: [],
  ...(blocker ? { blocker } : {}),
});

/** Named by the innermost function of `stack` that is not Node's. */
export function causedBy(record: OperationRecord, stack: readonly StackFrame[]): OperationRecord {
  const culprit = stack.find(frame => !isOfNode(frame)) ?? stack[0];
  if (!culprit) return { ...record, stack: [] };
  const { name, file, line, column } = culprit;
  return { ...record, name: name === '' ? '(anonymous)' : name, file, line, column, stack: [...stack] };
}
