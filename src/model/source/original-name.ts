import type { SourceMap } from './source-map.ts';

/**
 * What may stand between a function's name and the place that V8 gives for the function: `name(`, `name = async (`,
 * `name: function(`, `name = __name((` (group 2: esbuild's helper of --keep-names, which tsx uses).
 */
const NAME_BEFORE =
  /(#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)\s*(?:[=:]\s*(?:\/\*[^*]*\*\/\s*)?(__name\d*\(\s*)?(?:async\s*)?(?:function\s*\*?\s*)?)?$/u;
const LONGEST_HEAD = 200;

/** The stretch of a generated line in front of a function's place as V8 gives it, and that place itself. */
export interface FunctionHead {
  /** Generated text of the line up to the place; its first characters may be missing. */
  readonly before: string;
  /** The character at the place. */
  readonly at: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** Cuts the head of the function at an offset out of a text whose line begins at `lineStart`. */
export function functionHead(text: string, lineStart: number, line: number, column: number): FunctionHead {
  const offset = lineStart + column - 1;
  const before = text.slice(Math.max(lineStart, offset - LONGEST_HEAD), offset);
  return { before, at: text[offset] ?? '', line, column };
}

/**
 * The name a function has in its source where V8 knows another or none; undefined where there is nothing better
 * than V8's. Minifiers shorten names and keep the old ones in the map's `names`; esbuild's --keep-names hides the
 * name from V8. An entry counts only if it is the function's own, not that of a callee or a parameter:
 *
 *     function c(e,r){…}       V8: c     the entry of `c`
 *     f=(e)=>…                 V8: f     the entry of `f`
 *     const f=__name(e=>…      V8: ''    f
 *     o.map(e=>…)              V8: ''    none, also if `e` has an entry
 *     o.map((e)=>…)            V8: ''    the entry of `(`, where Babel writes one
 */
export function originalName(
  name: string,
  head: FunctionHead,
  map: SourceMap | undefined,
): string | undefined {
  const found = NAME_BEFORE.exec(head.before);
  const [, identifier, helper] = found ?? [];
  if (
    found &&
    identifier !== undefined &&
    (helper !== undefined || (name !== '' && identifier === lastWord(name)))
  ) {
    const column = head.column - head.before.length + found.index;
    return map?.nameAt(head.line, column) ?? (name === '' ? identifier : undefined);
  }
  return name === '' && head.at === '(' ? map?.nameAt(head.line, head.column) : undefined;
}

/** V8 writes `get size`, and `Basket.add` where it infers a name. */
const lastWord = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf(' '), name.lastIndexOf('.')) + 1);
