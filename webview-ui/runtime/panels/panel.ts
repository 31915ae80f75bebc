/** What a panel on the shared time axis is: one value, of which panels.ts holds the list. */
import type { ThreadData } from '../data/thread-data.ts';

/** How numbers are written: sizes, lengths of time, shares of 1, and CPU cores. */
export type Unit = 'bytes' | 'milliseconds' | 'share' | 'cores';

/** Names of the theme's chart colours: `--vscode-charts-blue`. */
export type ChartColour = 'blue' | 'purple' | 'orange' | 'green' | 'yellow' | 'red' | 'foreground';

/** Values over time, of one length; milliseconds since the start of the recording, ascending. */
export interface Series {
  readonly name: string;
  readonly colour: ChartColour;
  readonly at: readonly number[];
  /** null: not known. */
  readonly values: readonly (number | null)[];
  /** What its table says beside; of the row with this index. */
  readonly details?: readonly Detail[];
}

interface Detail {
  readonly name: string;
  readonly isNumber: boolean;
  readonly text: (row: number) => string;
}

/** One y axis of a panel. */
export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  /**
   * `lines`; `areas` stand one on the other, so their series have the same times; `ticks` are events, a bar as high
   * as its value.
   */
  readonly style: 'lines' | 'areas' | 'ticks';
  /** Pixels. */
  readonly height: number;
  /** Of areas: their sum, whose peaks tell which rows are drawn. */
  readonly total?: (thread: ThreadData) => readonly (number | null)[];
  /** Of the shown thread; none when it was not measured. */
  readonly series: (thread: ThreadData) => readonly Series[];
}

/** Lanes in which there is anything. */
export type LanesWithSeries = readonly { readonly lane: Lane; readonly series: readonly Series[] }[];

export interface Panel {
  readonly id: string;
  readonly title: string;
  /** What is seen, for who cannot see it. */
  readonly about: string;
  /** The highest first. */
  readonly lanes: readonly Lane[];
  /** Said instead of the chart when no lane has anything. */
  readonly whenEmpty: string;
}

/** A lane of samples by the second: those of its columns in which anything is known. */
export const known = (series: readonly Series[]): readonly Series[] =>
  series.filter(({ values }) => values.some(value => value !== null));
