/** What a flamegraph, a table or an export is made of. */

/** A recording of the server's, or a profile file of the user's (absolute path). */
export type ProfileSource =
  { readonly kind: 'recording'; readonly id: string } | { readonly kind: 'file'; readonly file: string };

/** What is weighed: time on the CPU, all bytes that were allocated, or those that are still held. */
export type Metric = 'cpu' | 'allocated' | 'live';

/** A stretch of a recording: microseconds since its start (the first sample of any of its threads). */
export interface TimeRange {
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
}
