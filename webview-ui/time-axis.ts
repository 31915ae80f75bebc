/** Ticks and moments of a time axis. */
import type { Span } from '../src/analysis/gc/collection-statistics.ts';
import { milliseconds } from '../src/contracts/units.ts';
import { formatMilliseconds, significant } from '../src/format/numbers.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Distances of ticks that can be read off a clock, in milliseconds. */
const STEPS = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map(hours => hours * HOUR),
];

export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** At most `most` ticks inside the span. */
export function timeTicks({ from, to }: Span, most: number): TimeTick[] {
  const step = STEPS.find(step => (to - from) / step <= most) ?? (to - from) / Math.max(1, most);
  if (!(to > from)) return [];
  const ticks: TimeTick[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to; index++)
    ticks.push({ at: index * step, label: tickLabel(index * step, step, to) });
  return ticks;
}

/** `250 ms`, `1.5 s`, `12 s`, `1:30`, `1:00:00`. */
function tickLabel(at: number, step: number, last: number): string {
  if (at === 0) return last < SECOND ? '0 ms' : '0 s';
  if (at >= MINUTE && step >= SECOND) return clock(at);
  if (last < SECOND) return `${shortNumber(at)} ms`;
  return `${(at / SECOND).toFixed(decimalsOf(step / SECOND))} s`;
}

/** A moment within a recording, to a hundredth of the span that is seen: `12.34 s`, `1:30.5`. */
export function formatMoment(at: number, { from, to }: Span): string {
  const step = (to - from) / 200;
  if (at < MINUTE) return at < SECOND && step < 1 ? `${at.toFixed(decimalsOf(step))} ms` : seconds(at, step);
  const decimals = decimalsOf(step / SECOND);
  const rounded = Number((at / SECOND).toFixed(decimals));
  const whole = clock(rounded * SECOND - ((rounded * SECOND) % SECOND));
  const fraction = (rounded % 1).toFixed(decimals).slice(1);
  return `${whole}${fraction}`;
}

/** `12 s`, `3.20 s`, `850 ms`. */
export const formatLength = ({ from, to }: Span): string => formatMilliseconds(milliseconds(to - from));

const seconds = (at: number, step: number): string => `${(at / SECOND).toFixed(decimalsOf(step / SECOND))} s`;

const decimalsOf = (step: number): number =>
  step <= 0 ? 0 : Math.min(3, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));

function clock(at: number): string {
  const total = Math.round(at / SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, two(total % 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `0.5`, `20`: without zeros that say nothing. */
export const shortNumber = (value: number): string =>
  Math.abs(value) >= 1000 ? significant(value) : String(Number(value.toPrecision(3)));
