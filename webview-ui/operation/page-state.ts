/** What the user has chosen to see of an operation. Pure. */
import type { Span } from '../../src/analysis/gc/collection-statistics.ts';
import type { OperationKept, OperationView } from '../../src/contracts/views/operation.ts';

/** A bar: of its row, by index. */
export interface BarAt {
  readonly row: number;
  readonly bar: number;
}

/** Milliseconds: a shorter stretch tells nothing. */
const SHORTEST = 0.01;
const ZOOM_FACTOR = 0.5;

/** For this operation; what was kept of another one goes on where it makes sense. */
export function restored(kept: Partial<OperationKept> | undefined, view: OperationView): OperationKept {
  const { key, isTableShown, unfolded, zoom } = kept ?? {};
  return {
    key: view.key,
    isTableShown: isTableShown === true,
    unfolded: Array.isArray(unfolded) ? unfolded : ['cpu'],
    ...(key === view.key && isSpan(zoom) ? { zoom: within(zoom, view) } : {}),
  };
}

export const wholeOf = ({ durationMilliseconds }: OperationView): Span => ({
  from: 0,
  to: Math.max(durationMilliseconds, SHORTEST),
});

/** Undefined: all is seen. */
export function zoomTo(span: Span, view: OperationView): Span | undefined {
  const inside = within(span, view);
  const whole = wholeOf(view);
  return inside.from <= whole.from && inside.to >= whole.to ? undefined : inside;
}

/** Half of what is seen, or twice of it, around a moment. */
export function zoomAround(
  seen: Span,
  at: number,
  direction: 'in' | 'out',
  view: OperationView,
): Span | undefined {
  const factor = direction === 'in' ? ZOOM_FACTOR : 1 / ZOOM_FACTOR;
  const half = ((seen.to - seen.from) * factor) / 2;
  return zoomTo({ from: at - half, to: at + half }, view);
}

/** A stretch as long as the wanted one, moved into the operation. */
function within({ from, to }: Span, view: OperationView): Span {
  const whole = wholeOf(view);
  const length = Math.min(Math.max(to - from, SHORTEST), whole.to);
  const middle = (from + to) / 2;
  const begin = Math.min(Math.max(0, middle - length / 2), whole.to - length);
  return { from: begin, to: begin + length };
}

export const toggled = (rows: readonly string[], row: string): readonly string[] =>
  rows.includes(row) ? rows.filter(each => each !== row) : [...rows, row];

/** The next bar in a direction that keys name: within its row, or the nearest in time of another row. */
export function neighbour(view: OperationView, { row, bar }: BarAt, key: string): BarAt | undefined {
  const bars = view.rows[row]?.bars ?? [];
  if (key === 'ArrowRight') return bars[bar + 1] && { row, bar: bar + 1 };
  if (key === 'ArrowLeft') return bars[bar - 1] && { row, bar: bar - 1 };
  if (key === 'Home') return bars[0] && { row, bar: 0 };
  if (key === 'End') return bars.length > 0 ? { row, bar: bars.length - 1 } : undefined;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step === undefined) return undefined;
  for (let other = row + step; view.rows[other]; other += step)
    if (view.rows[other]!.bars.length > 0)
      return { row: other, bar: nearestBar(view, other, bars[bar]?.fromMilliseconds ?? 0) };
  return undefined;
}

/** Index of the bar at a moment, else of the nearest one; the row has bars. */
export function nearestBar({ rows }: OperationView, row: number, at: number): number {
  const bars = rows[row]?.bars ?? [];
  let best = 0;
  let distance = Infinity;
  for (const [index, { fromMilliseconds, milliseconds }] of bars.entries()) {
    const away = Math.max(fromMilliseconds - at, at - fromMilliseconds - milliseconds, 0);
    if (away < distance) [best, distance] = [index, away];
  }
  return best;
}

function isSpan(value: unknown): value is Span {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to } = value as Partial<Span>;
  return Number.isFinite(from) && Number.isFinite(to) && from! < to!;
}
