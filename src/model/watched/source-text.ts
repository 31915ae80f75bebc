import type { Program } from '@oxc-project/types';
import { lastAtMost, lineStartsOf } from '../source/line-starts.ts';
import { namedFunctions, type NamedFunction } from './named-functions.ts';

/** A parsed text with its functions. */
export interface SourceText {
  readonly text: string;
  readonly functions: readonly NamedFunction[];
  readonly lineStarts: Int32Array;
}

export const sourceText = (text: string, program: Program): SourceText => ({
  text,
  functions: namedFunctions(program),
  lineStarts: lineStartsOf(text),
});

/** 1-based place of an offset in UTF-16 code units. */
export function placeAt(lineStarts: Int32Array, offset: number): { line: number; column: number } {
  const index = lastAtMost(lineStarts, offset);
  return { line: index + 1, column: offset - lineStarts[index]! + 1 };
}

/** The innermost function around an offset. */
export function functionAt(functions: readonly NamedFunction[], offset: number): NamedFunction | undefined {
  return functions.findLast(({ start, end }) => start <= offset && offset < end);
}
