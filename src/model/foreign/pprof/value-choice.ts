import type { StackUnit } from '../../stacks/stack-profile.ts';
import type { PprofTables, ValueType } from './tables.ts';

/** Which of a sample's values is read, and what it means. */
export interface ValueChoice {
  readonly index: number;
  /** Index of the number of samples; -1 where there is none. */
  readonly countIndex: number;
  readonly name: string;
  readonly unit: StackUnit;
  /** Microseconds or bytes that one stands for. */
  readonly scale: number;
  /** Nothing says how long or large one is: 1 ms. */
  readonly isGuess: boolean;
}

const SCALES: ReadonlyMap<string, { readonly unit: StackUnit; readonly scale: number }> = new Map([
  ['nanoseconds', { unit: 'microseconds', scale: 1e-3 }],
  ['microseconds', { unit: 'microseconds', scale: 1 }],
  ['milliseconds', { unit: 'microseconds', scale: 1e3 }],
  ['seconds', { unit: 'microseconds', scale: 1e6 }],
  ['bytes', { unit: 'bytes', scale: 1 }],
  ['kilobytes', { unit: 'bytes', scale: 1024 }],
  ['megabytes', { unit: 'bytes', scale: 1024 ** 2 }],
]);

const GUESSED_MICROSECONDS = 1000;
const COUNTS: ReadonlySet<string> = new Set(['samples', 'sample']);

/**
 * The first of `wanted` names that the file has; else what the file says is its default; else, as pprof's own tools
 * do, its last value, but one that has a unit before one that only counts. A count of samples is weighed by the
 * sampling period where the file has one.
 */
export function chooseValue(tables: PprofTables, wanted: readonly string[] = []): ValueChoice | undefined {
  const { valueTypes, strings, defaultType, period, periodType } = tables;
  const nameOf = ({ type }: ValueType): string => strings[type] ?? '';
  const scaleOf = ({ unit }: ValueType) => SCALES.get(strings[unit] ?? '');
  const names = valueTypes.map(nameOf);
  const indices = [
    ...wanted.map(name => names.indexOf(name)),
    defaultType === 0 ? -1 : valueTypes.findIndex(({ type }) => type === defaultType),
    valueTypes.findLastIndex(each => scaleOf(each) !== undefined),
    valueTypes.length - 1,
  ];
  const index = indices.find(each => each >= 0);
  if (index === undefined) return undefined;
  const own = scaleOf(valueTypes[index]!);
  const perSample = periodType && scaleOf(periodType);
  const sampled =
    perSample && period > 0 ? { unit: perSample.unit, scale: perSample.scale * period } : undefined;
  return {
    index,
    countIndex: names.findIndex(name => COUNTS.has(name)),
    name: names[index]!,
    ...(own ?? sampled ?? { unit: 'microseconds', scale: GUESSED_MICROSECONDS }),
    isGuess: !own && !sampled,
  };
}
