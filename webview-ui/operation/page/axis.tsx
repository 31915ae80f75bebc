import type { Span } from '../../../src/analysis/gc/collection-statistics.ts';
import { timeTicks } from '../../time-axis.ts';
import { shareOf } from './track.tsx';
import type { ZoomBrush } from './zoom-brush.ts';

/** Pixels between two labels. */
const TICK_DISTANCE = 90;

interface Props {
  readonly seen: Span;
  /** Of the tracks. */
  readonly pixels: number;
  readonly brush: ZoomBrush;
}

/** Milliseconds since the operation's start. */
export function Axis({ seen, pixels, brush }: Props) {
  return (
    <div class="axis time-axis" aria-hidden="true" {...brush}>
      {timeTicks(seen, Math.max(2, pixels / TICK_DISTANCE)).map(({ at, label }) => (
        <span key={label} class="tick" style={{ '--at': String(shareOf(at, seen)) }}>
          {label}
        </span>
      ))}
    </div>
  );
}

interface BehindProps extends Omit<Props, 'brush'> {
  /** What a brush has over it. */
  readonly brushed: Span | undefined;
}

/** Behind the bars of a row: lines of the axis, and what is being brushed. */
export function Behind({ seen, pixels, brushed }: BehindProps) {
  return (
    <div class="behind" aria-hidden="true">
      {timeTicks(seen, Math.max(2, pixels / TICK_DISTANCE)).map(({ at, label }) => (
        <span key={label} class="line" style={{ '--at': String(shareOf(at, seen)) }} />
      ))}
      {brushed && (
        <span
          class="brushed"
          style={{ '--at': String(shareOf(brushed.from, seen)), '--to': String(shareOf(brushed.to, seen)) }}
        />
      )}
    </div>
  );
}
