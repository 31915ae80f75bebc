import { COLLECTION_KINDS, type CollectionStatistics } from '../../../src/contracts/views/runtime.ts';
import { formatCount } from '../../../src/format/numbers.ts';
import { KIND_LOOKS } from '../panels/heap.ts';
import type { Table } from '../panels/lane-table.ts';
import { axisText } from '../panels/unit-text.ts';

type Buckets = CollectionStatistics['histogram'];

interface Props {
  readonly shown: CollectionStatistics;
  /** Beside a range: the counts of the whole recording. */
  readonly whole?: CollectionStatistics;
}

/** Bars that are a table: its rows are pauses of about one length, its bars are divided by kind. */
export function Histogram({ shown, whole }: Props) {
  const buckets = usedBuckets(shown.histogram, whole?.histogram ?? shown.histogram);
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  return (
    <table class="histogram">
      <thead>
        <tr>
          <th scope="col" class="number">
            Pause
          </th>
          <th scope="col" class="wide">
            <span class="hidden">Share</span>
          </th>
          <th scope="col" class="number">
            {whole ? 'Range' : 'Count'}
          </th>
          {whole && (
            <th scope="col" class="number">
              Whole
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {buckets.map(({ label, count, byKind, ofWhole }) => (
          <tr key={label}>
            <th scope="row" class="number">
              {label}
            </th>
            <td class="wide">
              <Bar byKind={byKind} most={most} />
            </td>
            <td class="number">{formatCount(count)}</td>
            {whole && <td class="number quiet">{formatCount(ofWhole)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ byKind, most }: { readonly byKind: Buckets[number]['byKind']; readonly most: number }) {
  return (
    <div class="bar" aria-hidden="true">
      {COLLECTION_KINDS.map(kind => {
        const count = byKind[kind] ?? 0;
        const { colour, name } = KIND_LOOKS[kind];
        if (count === 0) return null;
        const length = { '--share': (count / most).toFixed(3) };
        return <span key={kind} class={colour} style={length} title={`${name}: ${formatCount(count)}`} />;
      })}
    </div>
  );
}

export const histogramTable = ({ histogram }: CollectionStatistics, title: string): Table => ({
  caption: `${title}: pauses by length`,
  columns: [
    { name: 'Pause', isNumber: true },
    { name: 'Count', isNumber: true },
  ],
  rows: usedBuckets(histogram, histogram).map(({ label, count }) => [label, formatCount(count)]),
});

/** From the first to the last bucket in which the whole recording has a pause. */
function usedBuckets(shown: Buckets, whole: Buckets) {
  const first = whole.findIndex(({ count }) => count > 0);
  const last = whole.findLastIndex(({ count }) => count > 0);
  return shown.slice(Math.max(0, first), last + 1).map(({ upToMilliseconds, count, byKind }, index) => ({
    ...{ count, byKind },
    label: bucketLabel(upToMilliseconds, whole),
    ofWhole: whole[first + index]?.count ?? 0,
  }));
}

function bucketLabel(upTo: number | null, all: Buckets): string {
  const highest = all.at(-2)?.upToMilliseconds ?? 0;
  return upTo === null ? `> ${axisText('milliseconds', highest)}` : `≤ ${axisText('milliseconds', upTo)}`;
}
