/** What every benchmark prints: rows of measurements, and gates that say whether they are good enough. */

export type Verdict = 'pass' | 'fail' | 'unsure';

export interface Gate {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** Ends of the 95 % interval of `value`. */
  readonly low: number;
  readonly high: number;
  readonly verdict: Verdict;
}

export type Row = Readonly<Record<string, string | number>>;

export interface BenchDocument {
  readonly version: 1;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly gates: readonly Gate[];
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;
const SEED = 20_260_213;

/** Middle of the sorted values; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which the share `share` (0 … 1) of the values lies: nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Median with its 95 % interval by the percentile bootstrap; the same values give the same interval. */
export function medianWithInterval(values: readonly number[]): Estimate {
  const random = mulberry32(SEED);
  const draw = (): number => values[Math.floor(random() * values.length)] ?? Number.NaN;
  const medians = Array.from({ length: RESAMPLES }, () => median(values.map(draw)));
  return { value: median(values), low: percentile(medians, 0.025), high: percentile(medians, 0.975) };
}

/** Of what was counted, or measured once. */
export const exactly = (value: number): Estimate => ({ value, low: value, high: value });

/** The gate of a quantity that must not exceed its limit, judged by its interval. */
export function atMost(name: string, limit: number, { value, low, high }: Estimate): Gate {
  const verdict = high <= limit ? 'pass' : low > limit ? 'fail' : 'unsure';
  return { name, value, limit, low, high, verdict };
}

/** Tommy Ettinger's generator: uniform in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The document as text for a terminal. */
export function describeDocument({ rows, gates }: BenchDocument): string {
  const shown = rows.map(({ row, node, ...values }) => {
    const list = Object.entries(values).map(([key, value]) => `${key} ${readable(value)}`);
    return `${node === undefined ? '' : `Node ${node}, `}${row}\n    ${list.join(', ')}`;
  });
  const judged = gates.map(
    ({ name, value, low, high, limit, verdict }) =>
      `${verdict.padEnd(6)} ${name}: ${readable(value)} [${readable(low)}, ${readable(high)}], limit ${limit}`,
  );
  return [...shown, '', ...judged].join('\n');
}

const readable = (value: string | number): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
