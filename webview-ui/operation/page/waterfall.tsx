import { Fragment } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OperationKept, OperationView } from '../../../src/contracts/views/operation.ts';
import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { rowKey } from '../../../src/format/operation-words.ts';
import { type BarAt, nearestBar, neighbour, wholeOf, zoomAround } from '../page-state.ts';
import type { Actions } from './actions.ts';
import { Axis, Behind } from './axis.tsx';
import { Balloon } from './balloon.tsx';
import { itemOf } from './bar-words.ts';
import { Nested } from './nested.tsx';
import { RowHead, RowNumbers } from './row-head.tsx';
import { RowItems } from './row-items.tsx';
import { Track } from './track.tsx';
import { useZoomBrush } from './zoom-brush.ts';

interface Props {
  readonly view: OperationView;
  readonly kept: OperationKept;
  readonly actions: Actions;
}

const HELP =
  'Arrow keys go from bar to bar, Enter opens its line, + and − zoom, 0 shows all. Drag over the bars to zoom.';

/** CPU and waits on one time line, a row for each kind. */
export function Waterfall({ view, kept, actions }: Props) {
  const seen = kept.zoom ?? wholeOf(view);
  const section = useRef<HTMLElement>(null);
  const pixels = useTrackWidth(section);
  const [active, setActive] = useState<BarAt>();
  const { brush, brushed } = useZoomBrush(seen, actions.zoom);
  const onKey = useKeys({ view, seen, active, setActive, actions, section });
  const open = (at: BarAt | undefined): void => {
    const row = at && view.rows[at.row];
    const bar = row?.bars[at?.bar ?? -1];
    const place = row && bar && itemOf(row, bar)?.place;
    if (place) actions.post({ type: 'open', place });
  };
  return (
    <section
      class="waterfall"
      aria-label="Waterfall"
      aria-description={HELP}
      ref={section}
      onPointerLeave={() => setActive(undefined)}
    >
      <div class="corner">
        {kept.zoom && (
          <button type="button" onClick={() => actions.zoom(undefined)}>
            Show all
          </button>
        )}
      </div>
      <Axis {...{ seen, pixels, brush }} />
      <div class="column-titles number ms">Time</div>
      <div class="column-titles number share">Share</div>
      <div class="column-titles where">Where, for what</div>
      {view.rows.map((row, index) => {
        const isUnfolded = kept.unfolded.includes(rowKey(row)) && row.items.length > 1;
        const bar = active?.row === index ? row.bars[active.bar] : undefined;
        return (
          <Fragment key={rowKey(row)}>
            <RowHead {...{ row, isUnfolded, actions }} />
            <div class="track-cell">
              <Behind {...{ seen, pixels, brushed }} />
              <Track
                {...{ row, index, seen, brush, onKey }}
                duration={view.durationMilliseconds}
                active={bar ? active?.bar : undefined}
                onPoint={at =>
                  setActive(
                    at === undefined || row.bars.length === 0
                      ? undefined
                      : pointed(view, index, at, ((seen.to - seen.from) * NEAR) / Math.max(1, pixels)),
                  )
                }
                onFocus={() =>
                  setActive(known => (known?.row === index ? known : firstSeen(view, index, seen)))
                }
                onBlur={() => setActive(undefined)}
                onOpen={() => open(active)}
              />
              {bar && !brushed && <Balloon {...{ row, bar, seen }} duration={view.durationMilliseconds} />}
            </div>
            <RowNumbers {...{ row, isUnfolded, actions }} />
            {isUnfolded && <RowItems {...{ row, actions }} />}
          </Fragment>
        );
      })}
      <Nested {...{ view, seen, pixels, brushed, actions }} />
    </section>
  );
}

/** Pixels: so near to a bar the pointer is on it. */
const NEAR = 5;

function pointed(view: OperationView, row: number, at: number, near: number): BarAt | undefined {
  const index = nearestBar(view, row, at);
  const bar = view.rows[row]!.bars[index]!;
  const away = Math.max(bar.fromMilliseconds - at, at - bar.fromMilliseconds - bar.milliseconds, 0);
  return away <= near ? { row, bar: index } : undefined;
}

function firstSeen({ rows }: OperationView, row: number, { from }: Span): BarAt | undefined {
  const bars = rows[row]?.bars ?? [];
  const index = bars.findIndex(bar => bar.fromMilliseconds + bar.milliseconds >= from);
  return bars.length === 0 ? undefined : { row, bar: Math.max(0, index) };
}

interface Keys {
  readonly view: OperationView;
  readonly seen: Span;
  readonly active: BarAt | undefined;
  readonly setActive: (bar: BarAt | undefined) => void;
  readonly actions: Actions;
  readonly section: { readonly current: HTMLElement | null };
}

function useKeys({ view, seen, active, setActive, actions, section }: Keys): (event: KeyboardEvent) => void {
  /** Keys come faster than the page is drawn. */
  const now = useRef(active);
  now.current = active;
  const go = (to: BarAt): void => {
    if (to.row !== now.current?.row)
      section.current?.querySelector<HTMLElement>(`[data-row="${to.row}"]`)?.focus();
    now.current = to;
    setActive(to);
    const { fromMilliseconds: from = 0, milliseconds: length = 0 } = view.rows[to.row]?.bars[to.bar] ?? {};
    const half = (seen.to - seen.from) / 2;
    const isSeen = from + length >= seen.from && from <= seen.to;
    if (!isSeen) actions.zoom({ from: from + length / 2 - half, to: from + length / 2 + half });
  };
  return event => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const at = now.current;
    const bar = at && view.rows[at.row]?.bars[at.bar];
    const moment = bar ? bar.fromMilliseconds + bar.milliseconds / 2 : (seen.from + seen.to) / 2;
    const next = at && neighbour(view, at, key);
    if (next) go(next);
    else if (key === '+' || key === '=') actions.zoom(zoomAround(seen, moment, 'in', view));
    else if (key === '-') actions.zoom(zoomAround(seen, moment, 'out', view));
    else if (key === '0' || key === 'Escape') actions.zoom(undefined);
    else if (key === 'Enter') section.current?.querySelector<HTMLElement>(`[data-row="${at?.row}"]`)?.click();
    else return;
    event.preventDefault();
  };
}

function useTrackWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const track = element.current?.querySelector('.axis');
    if (!track) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(track);
    return () => observer.disconnect();
  }, []);
  return width;
}
