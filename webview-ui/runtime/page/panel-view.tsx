import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { plainText } from '../../../src/format/untrusted.ts';
import type { Frame } from '../charts/frame.ts';
import { formatMoment } from '../../time-axis.ts';
import { laneTable, tableText } from '../panels/lane-table.ts';
import type { Panel } from '../panels/panel.ts';
import type { Brush } from './brush.ts';
import { DataTable } from './data-table.tsx';
import { Legend } from './legend.tsx';
import { Plot } from './plot.tsx';
import type { Actions } from './actions.ts';

interface Props {
  readonly panel: Panel;
  readonly frame: Frame;
  readonly isLive: boolean;
  readonly range: Span | undefined;
  readonly cursor: number | undefined;
  readonly brush: Brush;
  readonly isTableShown: boolean;
  readonly actions: Actions;
}

const MOST_TEXT_ROWS = 10_000;

/** One panel: title, what its colours mean with their values, the chart, and the same as a table or as text. */
export function PanelView({ panel, frame, isLive, range, cursor, brush, isTableShown, actions }: Props) {
  const lanes = panel.lanes
    .map(lane => ({ lane, series: lane.series(frame.thread) }))
    .filter(({ series }) => series.length > 0);
  const id = `panel-${panel.id}`;
  if (lanes.length === 0)
    return (
      <section class="panel" aria-labelledby={id}>
        <h2 id={id}>{panel.title}</h2>
        <p class="quiet">{panel.whenEmpty}</p>
      </section>
    );
  const span = range ?? frame.span;
  const showText = (): void =>
    actions.showText(
      [
        `${panel.title} · ${plainText(frame.thread.name)} · ${formatMoment(span.from, frame.span)} to ${formatMoment(span.to, frame.span)}`,
        '',
        ...lanes.map(({ lane, series }) => tableText(laneTable(lane, series, span, MOST_TEXT_ROWS))),
      ].join('\n'),
    );
  const toggle = (): void => actions.dispatch({ type: 'table', panel: panel.id });
  return (
    <section class="panel" aria-labelledby={id}>
      <div class="head">
        <h2 id={id}>{panel.title}</h2>
        <span class="buttons">
          <button type="button" class="link" aria-expanded={isTableShown} onClick={toggle}>
            {isTableShown ? 'Hide table' : 'Table'}
          </button>
          <button type="button" class="link" onClick={showText}>
            Show as text
          </button>
        </span>
      </div>
      <Legend {...{ lanes, cursor, isLive }} span={frame.span} />
      <Plot {...{ panel, lanes, frame, brush }} />
      {isTableShown &&
        lanes.map(({ lane, series }) => <DataTable key={lane.id} {...{ lane, series, span }} />)}
    </section>
  );
}
