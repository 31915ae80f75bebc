/**
 * Who asks for the waits of a group, the same question again and again:
 *
 *   for (const order of orders)             recentOrders   awaits each, so that its next turn begins with itself:
 *     await store.linesOf(order.id)         orders.ts:22   the outermost frame of the call below an `await`
 *       → pool.query(…)                     store.ts:40    the group's own line
 *
 *   Promise.all(orders.map(linesOf))        all at once: the function that calls there
 *
 *   for (const id of ids) await pool.query(…)   the line itself stands in a loop: from its second turn on nobody calls it
 *
 *   await Promise.all(asked)                  one line for all of them: who asked for each it does not tell
 *
 * What awaits is no proof of a loop: a loop of the line itself has the same. That the line stands in one is none either, where
 * others call it in turn: `for (;;) try { return await ask(); } …` asks once.
 */
import type { Caller, LedgerWait, Place } from './ledger-types.ts';

/** Of the waits that have callers at all. */
const LEAST_SHARE = 0.8;
const FEWEST_IN_LOOP = 3;

/** A wait, in microseconds. */
export interface Asked extends Pick<LedgerWait, 'callers' | 'loop' | 'isTogether'> {
  readonly from: number;
  readonly length: number;
}

/** By beginning. Undefined where no place stands for most of them. */
export function callerOf(waits: readonly Asked[]): Caller | undefined {
  const asked = waits.filter(({ callers, loop }) => callers.length > 0 || loop);
  if (asked.length === 0) return undefined;
  const isAtOnce = asked.some((wait, index) => {
    const before = asked[index - 1];
    return before !== undefined && wait.from < before.from + before.length;
  });
  if (asked.length >= FEWEST_IN_LOOP) {
    const own = mostly(asked, ({ loop, isTogether }) => (isTogether ? undefined : loop));
    const around = mostly(asked, ({ callers, isTogether }) => {
      if (isTogether) return undefined;
      const called = callers.filter(({ isAsync }) => !isAsync);
      return isAtOnce ? called[0] : called.at(-1);
    });
    const loop = isAtOnce ? (own ?? around) : (around ?? own);
    if (loop) return { ...loop, isLoop: true };
  }
  const caller = mostly(asked, ({ callers }) => callers[0]);
  return caller && { ...caller, isLoop: false };
}

function mostly(waits: readonly Asked[], callerIn: (wait: Asked) => Place | undefined): Place | undefined {
  const counts = new Map<string, { readonly place: Place; count: number }>();
  for (const wait of waits) {
    const place = callerIn(wait);
    if (!place) continue;
    const key = `${place.line} ${place.file}`;
    const counted = counts.get(key) ?? { place, count: 0 };
    counted.count++;
    counts.set(key, counted);
  }
  for (const { place, count } of counts.values())
    if (count >= LEAST_SHARE * waits.length) return { file: place.file, line: place.line };
  return undefined;
}
