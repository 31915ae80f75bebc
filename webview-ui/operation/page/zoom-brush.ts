import { useMemo, useRef, useState } from 'preact/hooks';
import type { TargetedPointerEvent } from 'preact';
import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';

type Handler = (event: TargetedPointerEvent<HTMLElement>) => void;

/** Handlers of an element that is as wide as the time axis. */
export interface ZoomBrush {
  readonly onPointerDown: Handler;
  readonly onPointerMove: Handler;
  readonly onPointerUp: Handler;
  readonly onPointerCancel: Handler;
}

/** Pixels: a shorter movement is a click. */
const CLICK = 3;

/** Dragging chooses what is seen next; `brushed` is what a release would choose. */
export function useZoomBrush(
  seen: Span,
  choose: (span: Span) => void,
): { brush: ZoomBrush; brushed: Span | undefined } {
  const [brushed, setBrushed] = useState<Span>();
  const latest = useRef({ seen, choose, brushed });
  latest.current = { seen, choose, brushed };
  const start = useRef<{ readonly x: number; readonly at: number } | undefined>(undefined);
  const brush = useMemo<ZoomBrush>(() => {
    const end = (): void => {
      start.current = undefined;
      setBrushed(undefined);
    };
    return {
      onPointerDown: event => {
        if (event.button !== 0) return;
        start.current = { x: event.clientX, at: timeAt(event, latest.current.seen) };
      },
      onPointerMove: event => {
        const { current } = start;
        if (!current || (!latest.current.brushed && Math.abs(event.clientX - current.x) <= CLICK)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = timeAt(event, latest.current.seen);
        setBrushed({ from: Math.min(current.at, at), to: Math.max(current.at, at) });
      },
      onPointerUp: () => {
        const { brushed, choose } = latest.current;
        end();
        if (brushed && brushed.to > brushed.from) choose(brushed);
      },
      onPointerCancel: end,
    };
  }, []);
  return { brush, brushed };
}

/** Milliseconds at a pointer over an element as wide as what is seen. */
export function timeAt(
  { currentTarget, clientX }: TargetedPointerEvent<HTMLElement>,
  { from, to }: Span,
): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return from + Math.min(1, Math.max(0, (clientX - left) / width)) * (to - from);
}
