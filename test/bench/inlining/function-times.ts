/** Self time by function, and how far two profiles of one program agree on it. */
import type { CallTree } from '../../../src/model/cpu/call-tree.ts';
import { frameKind } from '../../../src/model/cpu/frame-kind.ts';
import type { Placement } from '../../../src/model/source/placement.ts';

/** Microseconds by `name file:line`, in the sources' terms. */
export type FunctionTimes = ReadonlyMap<string, number>;

const PACKAGE = /[\\/]node_modules[\\/]/;

/** The program's own functions and Node's; neither packages (tsx) nor our agent. */
export function functionTimes(tree: CallTree, place: Placement, agent: string): FunctionTimes {
  const times = new Map<string, number>();
  const keys = tree.frames.map(frame => {
    const { name, file, line } = place.functionAt(frame);
    const isJudged = frameKind(frame) === 'function' && file !== '' && file !== agent && !PACKAGE.test(file);
    return isJudged ? `${name} ${file}:${line}` : undefined;
  });
  for (let node = 0; node < tree.nodeCount; node++) {
    const key = keys[tree.frame[node]!];
    if (key !== undefined) times.set(key, (times.get(key) ?? 0) + tree.self[node]!);
  }
  return times;
}

export const totalOf = (times: FunctionTimes): number =>
  [...times.values()].reduce((sum, time) => sum + time, 0);

/** Several runs as one. */
export function pooled(runs: readonly FunctionTimes[]): FunctionTimes {
  const sum = new Map<string, number>();
  for (const run of runs) for (const [key, time] of run) sum.set(key, (sum.get(key) ?? 0) + time);
  return sum;
}

/** Sum over functions of the smaller of both shares: 1 when both say the same, 0 when they share no function. */
export function agreement(measured: FunctionTimes, truth: FunctionTimes): number {
  const [measuredTotal, truthTotal] = [totalOf(measured), totalOf(truth)];
  let agreed = 0;
  for (const [key, time] of measured)
    agreed += Math.min(time / measuredTotal, (truth.get(key) ?? 0) / truthTotal);
  return agreed;
}
