import type { CollectionStatistics } from '../../../src/contracts/views/runtime.ts';
import { formatCount, formatShare } from '../../../src/format/numbers.ts';
import { unitText } from '../panels/unit-text.ts';

interface Figure {
  readonly name: string;
  readonly title: string;
  readonly text: (statistics: CollectionStatistics) => string;
}

const FIGURES: readonly Figure[] = [
  {
    name: 'Time in GC',
    title: 'Share of the time in which collections paused the thread',
    text: ({ share }) => formatShare(share),
  },
  {
    name: 'Longest pause',
    title: 'The longest single pause',
    text: ({ all }) => pauseText(all.count, all.maxMilliseconds),
  },
  {
    name: 'p95 pause',
    title: '95 % of the pauses are not longer',
    text: ({ all }) => pauseText(all.count, all.p95Milliseconds),
  },
  { name: 'Collections', title: 'How many there were', text: ({ all }) => formatCount(all.count) },
  {
    name: 'Allocation',
    title: 'By how much the heap grew between collections',
    text: ({ allocationPerSecond }) => rateText(allocationPerSecond),
  },
  {
    name: 'Promotion',
    title: 'How much survived the young generation and was moved to the old one',
    text: ({ promotionPerSecond }) => rateText(promotionPerSecond),
  },
];

interface Props {
  readonly whole: CollectionStatistics;
  readonly ofRange: CollectionStatistics | undefined;
}

/** What matters most in numbers; of the chosen range too. */
export function KeyFigures({ whole, ofRange }: Props) {
  return (
    <dl class="figures">
      {FIGURES.map(({ name, title, text }) => (
        <div key={name} title={title}>
          <dt>{name}</dt>
          <dd>{text(whole)}</dd>
          {ofRange && <dd class="range-value">{text(ofRange)} in range</dd>}
        </div>
      ))}
    </dl>
  );
}

const pauseText = (count: number, pause: number): string =>
  count === 0 ? '–' : unitText('milliseconds', pause);

const rateText = (rate: number | null): string => (rate === null ? '–' : `${unitText('bytes', rate)}/s`);
