import { setTimeout as sleep } from 'node:timers/promises';
import type { CdpChannel } from './cdp-channel.ts';
import { atRest, NOT_NOW, WITH_REQUIRE } from './expressions.ts';

type NotDone = typeof NOT_NOW | typeof WITH_REQUIRE;

const ATTEMPTS = 40;
const PAUSE_MILLISECONDS = 50;

/**
 * The value of a body of code in a thread, run where it disturbs nothing; undefined when there was no such moment
 * within some 2 s. A thread that is nearly always in Node's own code is interrupted there at last.
 */
export async function evaluateAtRest<T>(
  channel: CdpChannel,
  body: string,
  timeoutMilliseconds: number,
): Promise<T | undefined> {
  let withRequire = false;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const expression = atRest(body, attempt === ATTEMPTS);
    const value = await channel.evaluate<T | NotDone>(expression, timeoutMilliseconds, withRequire);
    if (value === WITH_REQUIRE) withRequire = true;
    else if (value === NOT_NOW) await sleep(PAUSE_MILLISECONDS);
    else return value;
  }
  return undefined;
}
