/** The samples of a thread, about one a second, which grow while it is recorded. */
import type { SampleColumns } from '../../../src/contracts/views/runtime.ts';

/** The columns of values; spaces are kept with the heap (heap-rows.ts). */
const SAMPLE_VALUES = [
  'heapUsedBytes',
  'heapTotalBytes',
  'externalBytes',
  'arrayBuffersBytes',
  'rssBytes',
  'cpu',
  'threadCpu',
  'loopDelayP50Milliseconds',
  'loopDelayP99Milliseconds',
  'loopDelayMaxMilliseconds',
] as const satisfies readonly (keyof SampleColumns)[];

export type SampleValue = (typeof SAMPLE_VALUES)[number];

export class Samples {
  readonly at: number[] = [];
  readonly values = Object.fromEntries(
    SAMPLE_VALUES.map(name => [name, [] as (number | null)[]]),
  ) as Readonly<Record<SampleValue, (number | null)[]>>;

  /** Adds the rows from `first` on. */
  append(added: SampleColumns, first: number): void {
    for (let row = first; row < added.at.length; row++) {
      this.at.push(added.at[row] ?? 0);
      for (const name of SAMPLE_VALUES) this.values[name].push(added[name][row] ?? null);
    }
  }
}
