/**
 * The event loop was blocked: for so long nothing else on that thread could go on, no request, no timer.
 *
 * Only where somebody may have waited: a program that serves and calls nothing that is followed may compute as it likes.
 *
 * Each stall is an operation of its own kind; its place and the operation that blocked are what was seen on the thread
 * while it was blocked, once: where it was blocked for long, other lines may have had a part in it.
 */
import type { KeptOperation, OperationRoute } from '../../contracts/document.ts';
import type { Finding } from '../../contracts/finding.ts';
import type { FindIn } from './profile-facts.ts';

/** From here on it is what a user of the program feels, however seldom. */
const ERROR_MILLISECONDS = 1000;
/** Further ones stand among the operations. */
const MOST_PLACES = 3;

export const eventLoopStall: FindIn = ({ operations }) => {
  if (!(operations ?? []).some(({ kind, count }) => kind !== 'stall' && count > 0)) return [];
  const places = new Map<string, KeptOperation[]>();
  for (const stall of stalls(operations ?? [])) {
    const key = `${stall.file} ${stall.line} ${stall.blocker?.name}`;
    places.set(key, [...(places.get(key) ?? []), stall]);
  }
  return [...places.values()]
    .sort((a, b) => total(b) - total(a))
    .slice(0, MOST_PLACES)
    .map(describe);
};

const stalls = (routes: readonly OperationRoute[]): KeptOperation[] =>
  routes.filter(({ kind }) => kind === 'stall').flatMap(({ kept }) => kept);

const total = (kept: readonly KeptOperation[]): number =>
  kept.reduce((sum, { durationMilliseconds }) => sum + durationMilliseconds, 0);

function describe(seen: readonly KeptOperation[]): Finding {
  const longest = seen.reduce((most, each) =>
    each.durationMilliseconds > most.durationMilliseconds ? each : most,
  );
  const { durationMilliseconds, file, line, blocker } = longest;
  const milliseconds = Math.round(durationMilliseconds);
  const times =
    seen.length === 1 ? `for ${milliseconds} ms` : `${seen.length} times, for up to ${milliseconds} ms`;
  return {
    id: 'event-loop-stall',
    severity: durationMilliseconds >= ERROR_MILLISECONDS ? 'error' : 'warning',
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    message: blocker
      ? `${blocker.name} blocked the event loop ${times}`
      : `The event loop was blocked ${times}`,
    advice: 'Split the work, or move it to a worker thread: nothing else on this thread could go on.',
    evidence: {
      ...{ stalls: seen.length, longestMilliseconds: durationMilliseconds, totalMilliseconds: total(seen) },
      ...(blocker ? { operation: blocker.name } : {}),
    },
  };
}
