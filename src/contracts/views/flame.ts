/** The flamegraph view: what its host and its page tell each other, and the view files that the server writes. */
import type { Metric, ProfileSource, TimeRange } from '../profile-source.ts';

/** What one panel shows. */
export interface FlameShown {
  readonly source: ProfileSource;
  readonly range?: TimeRange;
}

/** Asked from the server with `slowcatch/flame`. */
export interface FlameRequest extends FlameShown {
  /** Absent: the first one that the source has. */
  readonly metric?: Metric;
}
