import { useMemo, useRef } from 'preact/hooks';
import type { TargetedPointerEvent } from 'preact';
import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';

type PointerHandler = (event: TargetedPointerEvent<HTMLElement>) => void;

/** Handlers of an element that is as wide as the plots. */
export interface Brush {
  readonly onPointerDown: PointerHandler;
  readonly onPointerMove: PointerHandler;
  readonly onPointerUp: PointerHandler;
  readonly onPointerCancel: PointerHandler;
  readonly onPointerLeave: PointerHandler;
}

interface Options {
  readonly span: Span;
  readonly range: Span | undefined;
  readonly choose: (range: Span | undefined) => void;
  readonly point: (time: number | undefined) => void;
}

/** Pixels: a shorter movement is a click, and so near to an edge of the range is on it. */
const CLICK = 3;
const EDGE = 6;

interface Drag {
  readonly anchor: number;
  readonly startX: number;
  hasMoved: boolean;
}

/** Dragging chooses a range, or moves the edge of it that was taken hold of; a click clears it. */
export function useBrush(options: Options): Brush {
  const latest = useRef(options);
  latest.current = options;
  const drag = useRef<Drag | undefined>(undefined);
  return useMemo(() => {
    const end = (event: TargetedPointerEvent<HTMLElement>, isCancelled: boolean): void => {
      const { current } = drag;
      drag.current = undefined;
      if (!current) return;
      event.currentTarget.releasePointerCapture(event.pointerId);
      if (!isCancelled && !current.hasMoved) latest.current.choose(undefined);
    };
    return {
      onPointerDown: event => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { anchor: anchorOf(event, latest.current), startX: event.clientX, hasMoved: false };
      },
      onPointerMove: event => {
        const time = timeAt(event, latest.current.span);
        latest.current.point(time);
        const { current } = drag;
        if (!current) return;
        current.hasMoved ||= Math.abs(event.clientX - current.startX) > CLICK;
        if (current.hasMoved) latest.current.choose(ordered(current.anchor, time));
      },
      onPointerUp: event => end(event, false),
      onPointerCancel: event => end(event, true),
      onPointerLeave: () => latest.current.point(undefined),
    };
  }, []);
}

export const ordered = (one: number, other: number): Span => ({
  from: Math.min(one, other),
  to: Math.max(one, other),
});

/** The edge of the range that stays where it is; without one the place of the pointer. */
function anchorOf(event: TargetedPointerEvent<HTMLElement>, { span, range }: Options): number {
  const time = timeAt(event, span);
  const edge = ((span.to - span.from) * EDGE) / event.currentTarget.clientWidth;
  if (range && Math.abs(time - range.from) < edge) return range.to;
  return range && Math.abs(time - range.to) < edge ? range.from : time;
}

function timeAt({ currentTarget, clientX }: TargetedPointerEvent<HTMLElement>, { from, to }: Span): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return from + Math.min(1, Math.max(0, (clientX - left) / width)) * (to - from);
}
