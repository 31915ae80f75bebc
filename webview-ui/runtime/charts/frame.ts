import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { ThreadData } from '../data/thread-data.ts';
import type { ChartColour } from '../panels/panel.ts';

/** What charts are drawn with, as the editor's theme has it now. */
export interface Theme {
  readonly series: Readonly<Record<ChartColour, string>>;
  /** Of areas: paler, and nothing shines through. */
  readonly fills: Readonly<Record<ChartColour, string>>;
  readonly text: string;
  readonly lines: string;
  readonly font: { readonly family: string; readonly size: number };
}

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
