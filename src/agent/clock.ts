import { microseconds, type Microseconds } from '../contracts/units.ts';

/** Kept: a program's tests put their own in its place. */
const bigint = process.hrtime.bigint.bind(process.hrtime);

/** CLOCK_MONOTONIC, the clock of V8's profiles. */
export const now = (): Microseconds => microseconds(Number(bigint() / BigInt(1000)));
