import { microseconds, type Bytes, type Microseconds, type Milliseconds } from '../contracts/units.ts';

/** Three significant digits, no exponent: 412, 1.24, 0.033. */
export function significant(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(6, Math.max(0, 2 - magnitude));
  const rounded = value.toFixed(decimals);
  return Math.abs(Number(rounded)) >= 1000 ? formatCount(value) : rounded;
}

const SECOND = 1_000_000;
const MILLISECOND = 1000;
const MINUTE = 60 * SECOND;

/** `33 µs`, `412 ms`, `1.24 s`, `12 min`. */
export function formatTime(time: Microseconds): string {
  const size = Math.abs(time);
  if (size >= 10 * MINUTE) return `${significant(time / MINUTE)} min`;
  if (size >= SECOND) return `${significant(time / SECOND)} s`;
  if (size >= MILLISECOND || size === 0) return `${significant(time / MILLISECOND)} ms`;
  return `${significant(time)} µs`;
}

/** As `formatTime`: `33.0 µs`, `412 ms`. */
export const formatMilliseconds = (time: Milliseconds): string =>
  formatTime(microseconds(time * MILLISECOND));

/** `38 %`, `3.2 %`, `< 0.1 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (!Number.isFinite(percent)) return '–';
  if (percent !== 0 && Math.abs(percent) < 0.1) return '< 0.1 %';
  return `${Math.abs(percent) < 10 && percent !== 0 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

const COUNTS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,024` with thousands separated. */
export const formatCount = (count: number): string => COUNTS.format(Math.round(count));

const KILOBYTE = 1000;

/** `512 B`, `3.20 KB`, `4.80 MB`; decimal units. */
export function formatBytes(size: Bytes): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value: number = size;
  let unit = 0;
  while (Math.abs(value) >= KILOBYTE && unit < units.length - 1) {
    value /= KILOBYTE;
    unit++;
  }
  return `${unit === 0 ? String(value) : significant(value)} ${units[unit] ?? ''}`;
}

/** `0.4 s to 2 s`, and one number where both are the same in words. */
export function rangeWords<T>(format: (value: T) => string, least: T, most: T): string {
  const words = [...new Set([format(least), format(most)])];
  return words.join(' to ');
}
