import { firstAtOrAfter, type Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { formatMoment } from '../../time-axis.ts';
import { highest } from '../panels/lane-table.ts';
import type { Lane, LanesWithSeries, Series } from '../panels/panel.ts';
import { unitText } from '../panels/unit-text.ts';
import { Swatch } from './swatch.tsx';

interface Props {
  readonly lanes: LanesWithSeries;
  readonly cursor: number | undefined;
  readonly span: Span;
  readonly isLive: boolean;
}

/** A cursor takes the events that are so near, as a share of the axis. */
const NEAR = 0.004;

/** What each colour means, with its value at the cursor; without one the newest, or the highest that is seen. */
export function Legend({ lanes, cursor, span, isLive }: Props) {
  return (
    <div class="legends">
      {lanes.map(({ lane, series }) => {
        const value = valueOf(lane, cursor, span, isLive);
        return (
          <div class="legend" key={lane.id}>
            <span class="quiet">
              {lane.title}, {value.when}:
            </span>
            {[...series].reverse().map(each => (
              <span key={each.name} class="entry">
                <Swatch colour={each.colour} />
                {each.name} <b class="value">{unitText(lane.unit, value.of(each))}</b>
              </span>
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface Value {
  readonly when: string;
  readonly of: (series: Series) => number | null | undefined;
}

function valueOf({ style }: Lane, cursor: number | undefined, span: Span, isLive: boolean): Value {
  if (cursor !== undefined) {
    const near = (span.to - span.from) * NEAR;
    return {
      when: formatMoment(cursor, span),
      of: series =>
        style === 'ticks'
          ? highestWithin(series, { from: cursor - near, to: cursor + near })
          : series.values[firstAtOrAfter(series.at, cursor + 1e-6) - 1],
    };
  }
  if (isLive && style !== 'ticks') return { when: 'now', of: ({ values }) => values.at(-1) };
  return { when: 'highest', of: series => highestWithin(series, span) };
}

function highestWithin({ at, values }: Series, { from, to }: Span): number | null {
  const first = firstAtOrAfter(at, from);
  return highest(values, first, firstAtOrAfter(at, to + 1e-6));
}
