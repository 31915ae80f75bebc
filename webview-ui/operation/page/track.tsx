import { useMemo, useRef } from 'preact/hooks';
import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import type { OperationRow } from '../../../src/contracts/views/operation.ts';
import { formatCount, formatShare } from '../../../src/format/numbers.ts';
import { rowTitle } from '../../../src/format/operation-words.ts';
import { spokenBar, timeText } from './bar-words.ts';
import { timeAt, type ZoomBrush } from './zoom-brush.ts';

interface Props {
  readonly row: OperationRow;
  readonly index: number;
  readonly seen: Span;
  readonly duration: number;
  /** Index of the bar that is pointed at or focused. */
  readonly active: number | undefined;
  readonly brush: ZoomBrush;
  readonly onPoint: (at: number | undefined) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onOpen: () => void;
}

export const barId = (row: number, bar: number): string => `bar-${row}-${bar}`;

/** The bars of a row on the time line; with the focus on it, keys go from bar to bar. */
export function Track({ row, index, seen, duration, active, brush, onPoint, ...on }: Props) {
  const width = useRef(0);
  const bars = useMemo(
    () => row.bars.map(bar => ({ ...bar, spoken: spokenBar(row, bar, duration) })),
    [row, duration],
  );
  const spoken = `${rowTitle(row)}, ${timeText(row.milliseconds)}, ${formatShare(row.share)}, ${countText(bars.length)}`;
  return (
    <div
      class="track"
      role="listbox"
      aria-label={spoken}
      aria-orientation="horizontal"
      tabIndex={0}
      data-row={index}
      {...(active === undefined ? {} : { 'aria-activedescendant': barId(index, active) })}
      onFocus={on.onFocus}
      onBlur={on.onBlur}
      onKeyDown={on.onKey}
      onClick={on.onOpen}
      onPointerLeave={() => onPoint(undefined)}
      {...brush}
      onPointerMove={event => {
        width.current = event.currentTarget.clientWidth;
        onPoint(timeAt(event, seen));
        brush.onPointerMove(event);
      }}
    >
      {bars.map((bar, position) => {
        const from = bar.fromMilliseconds;
        const to = from + bar.milliseconds;
        return (
          <div
            key={position}
            id={barId(index, position)}
            role="option"
            aria-label={bar.spoken}
            aria-selected={position === active}
            class={`bar ${row.kind} ${bar.certainty}${row.isOnThread ? ' on-thread' : ''}`}
            hidden={to < seen.from || from > seen.to}
            style={{
              '--at': String(shareOf(from, seen)),
              '--width': String(shareOf(to, seen) - shareOf(from, seen)),
            }}
          />
        );
      })}
    </div>
  );
}

/** Of what is seen, cut at its ends. */
export const shareOf = (at: number, { from, to }: Span): number =>
  Math.min(1, Math.max(0, (at - from) / (to - from)));

const countText = (count: number): string => (count === 1 ? '1 stretch' : `${formatCount(count)} stretches`);
