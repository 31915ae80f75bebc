/** What the GC and runtime view and its host tell each other; data goes by a view file and by live rows. */
import type { TimeRange } from '../profile-source.ts';
import type { RuntimeUpdate } from './runtime.ts';

/** What one panel shows: a recording. */
export interface RuntimeShown {
  readonly id: string;
  /** Its name when it was opened; untrusted. */
  readonly name: string;
}

export type RuntimeToView =
  /** The address of a `RuntimeView`; again when a recording that was live is saved. */
  | { readonly type: 'show'; readonly uri: string }
  | { readonly type: 'update'; readonly update: RuntimeUpdate }
  /** There is nothing to show. */
  | { readonly type: 'failed'; readonly message: string; readonly advice: string };

export type RuntimeFromView =
  | { readonly type: 'hotLines'; readonly range: TimeRange }
  | { readonly type: 'flamegraph'; readonly range: TimeRange }
  /** To be opened as a text document. */
  | { readonly type: 'text'; readonly text: string };
