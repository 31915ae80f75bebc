import { microseconds, type Microseconds } from '../contracts/units.ts';

/** CLOCK_MONOTONIC, the clock of V8's profiles. */
export const now = (): Microseconds => microseconds(Number(process.hrtime.bigint() / BigInt(1000)));
