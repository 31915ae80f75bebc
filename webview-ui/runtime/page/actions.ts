import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { Action } from '../page-state.ts';

/** What the page can do beyond itself. */
export interface Actions {
  readonly dispatch: (action: Action) => void;
  readonly hotLines: (range: Span) => void;
  readonly flamegraph: (range: Span) => void;
  readonly showText: (text: string) => void;
}
