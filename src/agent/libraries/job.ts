import type { Follow, OperationFacts } from '../operations/follow.ts';
import { whenSettled } from './waiting-call.ts';

/**
 * Does `work` in an operation of its own, until what it returns is settled; outside of it the loop that has called goes on in
 * the context it had. `isFine`: asked at the end, where a failure does not show by a rejection.
 */
export function runJob(
  follow: Follow,
  facts: OperationFacts,
  work: () => unknown,
  isFine: () => boolean = () => true,
): unknown {
  return follow.run(undefined, () => {
    const operation = follow.begin(facts, true);
    const end = (isFulfilled: boolean): void =>
      follow.end(operation, { end: 'ended', status: isFulfilled && isFine() ? 'ok' : 'error' });
    try {
      return whenSettled(work(), end);
    } catch (error) {
      end(false);
      throw error;
    }
  });
}
