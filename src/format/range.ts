import { microseconds } from '../contracts/units.ts';
import { formatTime } from './numbers.ts';

const SECOND = 1e6;
const MILLISECOND = 1e3;

interface ShownRange {
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  /** How long all of it is. */
  readonly ofMicroseconds: number;
}

/** `2.1 – 5.0 s of 10.2 s`: as many digits as the length of the range deserves, however late it is. */
export function formatRange({ startMicroseconds, endMicroseconds, ofMicroseconds }: ShownRange): string {
  const [unit, name] = endMicroseconds >= SECOND ? [SECOND, 's'] : [MILLISECOND, 'ms'];
  const length = (endMicroseconds - startMicroseconds) / unit;
  const decimals = length > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(length)))) : 1;
  const [from, to] = [startMicroseconds, endMicroseconds].map(time => (time / unit).toFixed(decimals));
  return `${from} – ${to} ${name} of ${formatTime(microseconds(ofMicroseconds))}`;
}
