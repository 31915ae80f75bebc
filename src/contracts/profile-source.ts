/** What a flamegraph, a table or an export is made of. */
import type { OperationKind } from './operation-kinds.ts';

/** A recording of the server's, or a profile file of the user's (absolute path). */
export type ProfileSource =
  | {
      readonly kind: 'recording';
      readonly id: string;
      /** Only what ran in these operations; a `range` beside it is not looked at. */
      readonly operations?: OperationSelection;
    }
  | { readonly kind: 'file'; readonly file: string };

/** One kept operation (`KeptOperation.key`), or all kept ones of a route; with the operations inside them. */
export type OperationSelection =
  | { readonly kind: 'operation'; readonly key: string }
  | { readonly kind: 'route'; readonly of: OperationKind; readonly name: string };

const FILE_ID = 'file:';

/** One name for a source, whatever of it is looked at: a recording's own id, and a file's path behind `file:`, which no recording's id begins with. */
export const sourceId = (source: ProfileSource): string =>
  source.kind === 'file' ? FILE_ID + source.file : source.id;

export const sourceOf = (id: string): ProfileSource =>
  id.startsWith(FILE_ID) ? { kind: 'file', file: id.slice(FILE_ID.length) } : { kind: 'recording', id };

/** What is weighed: time on the CPU, all bytes that were allocated, or those that are still held. */
export type Metric = (typeof METRICS)[number];
export const METRICS = ['cpu', 'allocated', 'live'] as const;
export type AllocationMetric = Exclude<Metric, 'cpu'>;

/** A stretch of a recording: microseconds since its start (the first sample of any of its threads). */
export interface TimeRange {
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
}
