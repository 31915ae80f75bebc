import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Frame } from '../charts/frame.ts';
import { PanelChart } from '../charts/panel-chart.ts';
import type { LanesWithSeries, Panel } from '../panels/panel.ts';
import type { Brush } from './brush.ts';

interface Props {
  readonly panel: Panel;
  readonly lanes: LanesWithSeries;
  readonly frame: Frame;
  readonly brush: Brush;
}

/** The chart of a panel, and over it what is chosen. While it is scrolled out of sight it is not drawn. */
export function Plot({ panel, lanes, frame, brush }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<PanelChart | undefined>(undefined);
  const isSeen = useIsSeen(canvas);
  const { thread, span, theme, axisWidth } = frame;
  useLayoutEffect(() => {
    if (!isSeen || !canvas.current) return;
    if (chart.current) chart.current.draw(lanes, frame);
    else chart.current = new PanelChart(canvas.current, lanes, frame);
  }, [isSeen, thread, thread.revision, span.from, span.to, theme, axisWidth]);
  useLayoutEffect(() => () => chart.current?.dispose(), []);
  const height = lanes.reduce((sum, { lane }) => sum + lane.height, 0);
  return (
    <div class="plot" style={{ '--height': `${height}px` }}>
      <canvas ref={canvas} role="img" aria-label={panel.about} />
      <div class="surface" aria-hidden="true" {...brush}>
        <div class="range" />
        <div class="cursor" />
      </div>
    </div>
  );
}

function useIsSeen(element: { readonly current: HTMLElement | null }): boolean {
  const [isSeen, setIsSeen] = useState(false);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const observer = new IntersectionObserver(entries => setIsSeen(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return isSeen;
}
