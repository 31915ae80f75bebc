import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { PLOT_RIGHT, type Theme } from '../charts/frame.ts';
import type { RecordingData } from '../data/recording-data.ts';
import type { ThreadData } from '../data/thread-data.ts';
import type { PageState } from '../page-state.ts';
import { PANELS } from '../panels/panels.ts';
import { useBrush } from './brush.ts';
import type { Actions } from './actions.ts';
import { PanelView } from './panel-view.tsx';
import { RangeTools } from './range-tools.tsx';
import { Ruler } from './ruler.tsx';

/** Pixels: room for the longest label of a y axis. */
const AXIS_WIDTH = 64;

interface Props {
  readonly recording: RecordingData;
  readonly thread: ThreadData;
  readonly state: PageState;
  readonly span: Span;
  readonly theme: Theme;
  readonly actions: Actions;
}

/** All panels on one time axis, and what is done with a range of it. */
export function Charts({ recording, thread, state, span, theme, actions }: Props) {
  const section = useRef<HTMLElement>(null);
  const [cursor, setCursor] = useState<number>();
  const width = useWidth(section);
  const { dispatch } = actions;
  const choose = useCallback((range: Span | undefined) => dispatch({ type: 'choose', range }), [dispatch]);
  const brush = useBrush({ span, range: state.range, choose, point: setCursor });
  useLayoutEffect(() => place(section.current, span, state.range, cursor));
  return (
    <section class="charts" aria-label="Charts" ref={section}>
      <div class="sticky">
        <RangeTools {...{ recording, state, span, actions }} />
        <Ruler
          {...{ span, range: state.range, cursor, setCursor, brush, dispatch }}
          pixels={width - AXIS_WIDTH - PLOT_RIGHT}
        />
      </div>
      {PANELS.map(panel => (
        <PanelView
          key={panel.id}
          {...{ panel, cursor, brush, actions }}
          frame={{ thread, span, theme, axisWidth: AXIS_WIDTH }}
          isLive={recording.isLive}
          range={state.range}
          isTableShown={state.tables.includes(panel.id)}
        />
      ))}
    </section>
  );
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element.current]);
  return width;
}

/** All that is seen needs no mark. */
const isPart = (range: Span | undefined, { from, to }: Span): boolean =>
  range !== undefined && range.to > from && range.from < to && (range.from > from || range.to < to);

/** Where range and cursor stand on every plot, as shares of its width. */
function place(section: HTMLElement | null, { from, to }: Span, range?: Span, cursor?: number): void {
  const share = (time: number): string => String(Math.min(1, Math.max(0, (time - from) / (to - from))));
  const set = (name: string, value: string): void => {
    // Every element below would be styled anew.
    if (section?.style.getPropertyValue(name) !== value) section?.style.setProperty(name, value);
  };
  set('--axis', `${AXIS_WIDTH}px`);
  set('--right', `${PLOT_RIGHT}px`);
  set('--from', share(range?.from ?? from));
  set('--to', share(range?.to ?? from));
  set('--cursor', share(cursor ?? from));
  section?.classList.toggle('has-range', isPart(range, { from, to }));
  section?.classList.toggle('has-cursor', cursor !== undefined && cursor >= from && cursor <= to);
}
