/**
 * Units as branded numbers: a time cannot be passed where a size is expected.
 *
 * Clock domain of every `Microseconds` that is a point in time: CLOCK_MONOTONIC, the clock of
 * V8's profiles and of `process.hrtime`, comparable across the processes of one machine.
 */
export type Microseconds = number & { readonly unit: 'us' };
export type Milliseconds = number & { readonly unit: 'ms' };
export type Bytes = number & { readonly unit: 'B' };

export const microseconds = (value: number): Microseconds => value as Microseconds;
export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const bytes = (value: number): Bytes => value as Bytes;
