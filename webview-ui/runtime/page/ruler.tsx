import { useRef } from 'preact/hooks';
import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { TICK_DISTANCE } from '../charts/frame.ts';
import { formatMoment, timeTicks } from '../../time-axis.ts';
import type { Action } from '../page-state.ts';
import { type Brush, ordered } from './brush.ts';
import { unlessSame } from './unless-same.ts';

interface Props {
  readonly span: Span;
  readonly range: Span | undefined;
  readonly cursor: number | undefined;
  readonly setCursor: (time: number | undefined) => void;
  readonly brush: Brush;
  readonly dispatch: (action: Action) => void;
  /** Width of the plots. */
  readonly pixels: number;
}

const HELP = 'Arrow keys move, with Shift they choose a range; Enter zooms into it, Escape clears it.';

/** The time axis of all panels; with the focus on it a range is chosen by keys. */
export const Ruler = unlessSame(function (props: Props) {
  const { span, range, cursor, brush, pixels } = props;
  const onKeyDown = useKeys(props);
  const at = cursor ?? range?.to ?? span.from;
  const said = range
    ? `${formatMoment(at, span)}, range from ${formatMoment(range.from, span)} to ${formatMoment(range.to, span)}`
    : formatMoment(at, span);
  return (
    <div class="ruler">
      <div
        class="surface time-axis"
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-description={HELP}
        aria-valuemin={Math.round(span.from)}
        aria-valuemax={Math.round(span.to)}
        aria-valuenow={Math.round(at)}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
        onBlur={() => props.setCursor(undefined)}
        {...brush}
      >
        {timeTicks(span, Math.max(1, pixels) / TICK_DISTANCE).map(({ at, label }) => (
          <span
            key={label}
            class="tick"
            style={{ '--at': String((at - span.from) / (span.to - span.from)) }}
            aria-hidden="true"
          >
            {label}
          </span>
        ))}
        <div class="range" aria-hidden="true" />
        <div class="cursor" aria-hidden="true" />
      </div>
      <div class="help quiet" aria-hidden="true">
        {HELP}
      </div>
    </div>
  );
});

/** Shares of the axis by which the cursor moves. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowRight: 0.01,
  PageUp: -0.1,
  PageDown: 0.1,
  Home: -1,
  End: 1,
};

/** Keys come faster than the page is drawn: where the cursor is, and where the range began, is kept here. */
function useKeys({ span, range, cursor, setCursor, dispatch }: Props): (event: KeyboardEvent) => void {
  const now = useRef<{ cursor: number | undefined; anchor?: number }>({ cursor });
  now.current.cursor = cursor;
  const move = (step: number, isChoosing: boolean): void => {
    const from = now.current.cursor ?? range?.to ?? (step < 0 ? span.to : span.from);
    const to = Math.min(span.to, Math.max(span.from, from + step * (span.to - span.from)));
    const anchor = now.current.anchor ?? anchorOf(range, from);
    now.current = isChoosing ? { cursor: to, anchor } : { cursor: to };
    setCursor(to);
    if (isChoosing) dispatch({ type: 'choose', range: ordered(anchor, to) });
  };
  return event => {
    const { key, shiftKey } = event;
    const step = STEPS[key];
    if (step !== undefined) move(step, shiftKey);
    else if (key === 'Enter') dispatch({ type: 'zoom' });
    else if (key === 'Escape') {
      now.current = { cursor: now.current.cursor };
      dispatch({ type: 'choose', range: undefined });
    } else return;
    event.preventDefault();
  };
}

/** The other end of the range that the cursor stands at; without one the cursor. */
function anchorOf(range: Span | undefined, cursor: number): number {
  if (range?.to === cursor) return range.from;
  return range?.from === cursor ? range.to : cursor;
}
