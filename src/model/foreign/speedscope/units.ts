import type { StackUnit } from '../../stacks/stack-profile.ts';

export interface ValueUnit {
  readonly unit: StackUnit;
  /** Microseconds or bytes that one stands for. */
  readonly scale: number;
  /** Nothing says how long or large one is: 1 ms. */
  readonly isGuess: boolean;
}

const UNITS: ReadonlyMap<string, ValueUnit> = new Map([
  ['seconds', { unit: 'microseconds', scale: 1e6, isGuess: false }],
  ['milliseconds', { unit: 'microseconds', scale: 1e3, isGuess: false }],
  ['microseconds', { unit: 'microseconds', scale: 1, isGuess: false }],
  ['nanoseconds', { unit: 'microseconds', scale: 1e-3, isGuess: false }],
  ['bytes', { unit: 'bytes', scale: 1, isGuess: false }],
]);

/** speedscope's `FileFormat.ValueUnit`; `none` and what is unknown count as 1 ms. */
export const unitOf = (name: string): ValueUnit =>
  UNITS.get(name) ?? { unit: 'microseconds', scale: 1000, isGuess: true };
