import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { CollectionStatistics } from '../../../src/contracts/views/runtime.ts';
import { formatCount } from '../../../src/format/numbers.ts';
import { formatLength, formatMoment } from '../../time-axis.ts';
import { tableText } from '../panels/lane-table.ts';
import { Histogram, histogramTable } from './histogram.tsx';
import { KindRows, kindTable } from './kind-rows.tsx';
import type { Actions } from './actions.ts';

interface Props {
  readonly whole: CollectionStatistics;
  /** Of the whole: collections that neither charts nor ranges have. */
  readonly notListed: number;
  readonly range: Span | undefined;
  readonly ofRange: CollectionStatistics | undefined;
  /** Of the recording, in milliseconds. */
  readonly duration: number;
  readonly actions: Actions;
}

/** Pauses by kind and by length, beside the charts. */
export function Statistics({ whole, notListed, range, ofRange, duration, actions }: Props) {
  const all = { from: 0, to: duration };
  if (whole.all.count === 0) return <NoCollections duration={duration} />;
  const rangeTitle = range && `Range ${formatMoment(range.from, all)} to ${formatMoment(range.to, all)}`;
  const asText = (): void => {
    const parts: [string, CollectionStatistics][] = [['Whole recording', whole]];
    if (ofRange) parts.unshift([rangeTitle ?? '', ofRange]);
    const tables = parts.flatMap(([title, part]) => [kindTable(part, title), histogramTable(part, title)]);
    actions.showText(tables.map(tableText).join('\n'));
  };
  return (
    <aside aria-label="Statistics">
      <div class="head">
        <h2>Pauses</h2>
        <button type="button" class="link" onClick={asText}>
          Show as text
        </button>
      </div>
      <div class="scroll">
        <table class="kinds">
          <caption class="quiet">Milliseconds</caption>
          <thead>
            <tr>
              <th scope="col">Kind</th>
              {['Count', 'Total', 'p50', 'p95', 'p99', 'Max'].map(name => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          {ofRange && <KindRows title={rangeTitle ?? ''} statistics={ofRange} />}
          <KindRows {...(ofRange ? { title: 'Whole recording' } : {})} statistics={whole} />
        </table>
      </div>
      {notListed > 0 && (
        <p class="quiet note">
          {formatCount(notListed)} of the collections came so fast that only their lengths were kept. They
          count here, but not in the charts and in ranges.
        </p>
      )}
      <div class="head">
        <h2>{ofRange ? 'Pauses in the range by length' : 'Pauses by length'}</h2>
      </div>
      <Histogram shown={ofRange ?? whole} {...(ofRange ? { whole } : {})} />
    </aside>
  );
}

function NoCollections({ duration }: { readonly duration: number }) {
  return (
    <aside aria-label="Statistics">
      <p class="empty">No garbage collection happened in {formatLength({ from: 0, to: duration })}.</p>
    </aside>
  );
}
