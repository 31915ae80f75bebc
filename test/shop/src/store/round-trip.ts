import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from './seed/random.ts';

/** Runs `read` after half to one and a half times the mean latency. */
export type RoundTrip = <T>(read: () => T) => Promise<T>;

export function roundTrips(meanMs: number): RoundTrip {
  const random = seededRandom(4);
  return async read => {
    await sleep(meanMs * (0.5 + random()));
    return read();
  };
}
