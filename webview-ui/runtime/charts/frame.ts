import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { ThreadData } from '../data/thread-data.ts';
import type { Theme } from './theme.ts';

/** What all panels of the page are drawn from. */
export interface Frame {
  readonly thread: ThreadData;
  readonly span: Span;
  readonly theme: Theme;
  /** Pixels left of the plots, the same for all panels. */
  readonly axisWidth: number;
}

/** Pixels right of the plots, the same for all panels. */
export const PLOT_RIGHT = 12;
/** Pixels between two labels of the time axis, at least. */
export const TICK_DISTANCE = 78;
