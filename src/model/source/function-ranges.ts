/**
 * Where the functions of a JavaScript text stand and which lines each of them runs, found in one pass without a
 * syntax tree.
 *
 * What V8 calls a function here, and where the range of each begins:
 *
 *   function declarations, expressions     `function`, or the `async` before it
 *   arrow functions                        the first token of the parameters, or the `async` before it
 *   methods, getters, setters              the first modifier or the name; behind a computed name the `(`,
 *                                          because the name is computed by the code around
 *   classes                                `class` … `}`, if V8 runs code of theirs that is no method: a default
 *                                          constructor, field initialisers, static blocks. The three share it.
 *
 * V8 gives a function's position as that of its `(`, of an arrow function's first token, of `class` for a default
 * constructor, and of some place inside the class for `<static_initializer>` and `<instance_members_initializer>`
 * (Node 20 … 26 differ): `innermostAt` finds the range for all of them.
 *
 * A class holds its methods. Its heritage and computed names lie inside too, but are run by the code around it:
 * `ownersOfLine` knows, `innermostAt` goes by the ranges alone.
 */
import { lastAtMost, lineStartsOf } from './line-starts.ts';
import { LoopRanges } from './loop-ranges.ts';
import { resolveScopes } from './scanner/resolve-scopes.ts';
import type { Functions } from './scanner/resolve-scopes.ts';
import { scanText } from './scanner/scan-text.ts';

/** The code outside of all functions. */
export const WHOLE_SCRIPT = -1;

export class FunctionRanges {
  readonly count: number;
  /** UTF-16 offsets, ascending: a function comes behind the one that encloses it. */
  readonly start: Int32Array;
  /** UTF-16 offsets behind the last character. */
  readonly end: Int32Array;
  /** Index of the innermost range around, or `WHOLE_SCRIPT`. */
  readonly parent: Int32Array;
  /** UTF-16 offset of every line. */
  readonly lineStart: Int32Array;
  readonly #loops: LoopRanges;
  readonly #lineOwner: Int32Array;
  readonly #lineOwnerStart: Int32Array;

  constructor(functions: Functions, lineStart: Int32Array, loops: LoopRanges) {
    this.#loops = loops;
    this.count = functions.start.length;
    this.start = functions.start;
    this.end = functions.end;
    this.parent = functions.parent;
    this.lineStart = lineStart;
    this.#lineOwner = functions.lineOwner;
    this.#lineOwnerStart = functions.lineOwnerStart;
  }

  /** The innermost function around an offset, or `WHOLE_SCRIPT`. */
  innermostAt(offset: number): number {
    let index = lastAtMost(this.start, offset);
    while (index >= 0 && this.end[index]! <= offset) index = this.parent[index]!;
    return index;
  }

  /** Where the innermost loop of its own function begins in whose body an offset lies; -1 where there is none. */
  loopAround(offset: number): number {
    const head = this.#loops.headAround(offset);
    return head >= 0 && this.innermostAt(head) === this.innermostAt(offset) ? head : -1;
  }

  /** The 1-based line of an offset. */
  lineOf(offset: number): number {
    return lastAtMost(this.lineStart, offset) + 1;
  }

  /** The offset of a 1-based line and column; -1 for a line that the text does not have. */
  offsetOf(line: number, column: number): number {
    const start = this.lineStart[line - 1];
    return start === undefined ? -1 : start + column - 1;
  }

  /**
   * The functions that have code of their own (not only of a function inside them) on a 1-based line, ascending;
   * `WHOLE_SCRIPT` first for code outside of all functions. Comments, closing brackets, separators and the braces of
   * blocks and bodies are no code; heads of functions are the function's.
   */
  ownersOfLine(line: number): Int32Array {
    return this.#lineOwner.subarray(this.#lineOwnerStart[line - 1] ?? 0, this.#lineOwnerStart[line] ?? 0);
  }

  /** Whether `ownersOfLine` names the function. */
  ownsLine(functionIndex: number, line: number): boolean {
    const from = this.#lineOwnerStart[line - 1] ?? 0;
    const to = this.#lineOwnerStart[line] ?? 0;
    const at = lastAtMost(this.#lineOwner, functionIndex, from, to);
    return at >= from && this.#lineOwner[at] === functionIndex;
  }
}

/**
 * Reads the text of a script, an ES module or a CommonJS module as V8 compiled it; TypeScript once its types are
 * blanked out. Takes time in proportion to the text. Returns undefined if the text can not be understood.
 *
 * `await` outside of functions is read as an operator, as in a module. Comments in HTML style are not supported.
 */
export function scanFunctions(text: string): FunctionRanges | undefined {
  const lineStart = lineStartsOf(text);
  const scopes = scanText(text, lineStart);
  if (!scopes) return undefined;
  const functions = resolveScopes(scopes, lineStart.length);
  // A text cut off within an escape: its last token would reach beyond it.
  for (let index = 0; index < functions.end.length; index++)
    functions.end[index] = Math.min(functions.end[index]!, text.length);
  return new FunctionRanges(functions, lineStart, new LoopRanges(scopes));
}
