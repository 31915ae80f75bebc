import { bytes, microseconds } from '../contracts/units.ts';
import { formatBytes, formatTime } from './numbers.ts';

/** What stacks weigh: `412 ms`, `4.80 MB`. */
export const formatWeight = (weight: number, unit: 'microseconds' | 'bytes'): string =>
  unit === 'bytes' ? formatBytes(bytes(Math.round(weight))) : formatTime(microseconds(weight));
