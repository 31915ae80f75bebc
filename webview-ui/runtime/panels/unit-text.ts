/** Numbers of a panel in words, and the ticks of its y axis. */
import { bytes, milliseconds } from '../../../src/contracts/units.ts';
import { formatBytes, formatMilliseconds, formatShare, significant } from '../../../src/format/numbers.ts';
import { shortNumber } from '../../time-axis.ts';
import type { Unit } from './panel.ts';

const TEXTS: Readonly<Record<Unit, (value: number) => string>> = {
  bytes: value => formatBytes(bytes(value)),
  milliseconds: value => formatMilliseconds(milliseconds(value)),
  share: formatShare,
  cores: value => `${significant(value)} ${value === 1 ? 'core' : 'cores'}`,
};

/** `–` of what is not known. */
export const unitText = (unit: Unit, value: number | null | undefined): string =>
  value == null ? '–' : TEXTS[unit](value);

const SIZES = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `20 MB`, `5 ms`, `50 %`, `1.5`: shorter than `unitText`, for round values. */
export function axisText(unit: Unit, value: number): string {
  if (value === 0) return '0';
  if (unit === 'share') return `${shortNumber(value * 100)} %`;
  if (unit === 'cores') return shortNumber(value);
  if (unit === 'milliseconds')
    return value >= 1000 ? `${shortNumber(value / 1000)} s` : `${shortNumber(value)} ms`;
  const size = Math.min(SIZES.length - 1, Math.floor(Math.log10(value) / 3 + 1e-9));
  return `${shortNumber(value / 1000 ** size)} ${SIZES[size] ?? ''}`;
}

/** The lowest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that leaves a little room above the value. */
export function axisTop(unit: Unit, highest: number): number {
  if (unit === 'share') return 1;
  const least = LEAST_TOPS[unit];
  const wanted = Math.max(least, highest * 1.06);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * power >= wanted * (1 - 1e-9));
  return (step ?? 10) * power;
}

/** A lane in which nothing happens stays empty instead of showing noise. */
const LEAST_TOPS = { bytes: 1000, milliseconds: 1, cores: 0.1 } as const;
