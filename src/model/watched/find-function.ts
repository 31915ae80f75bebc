import type { WatchSetting } from '../../contracts/watched.ts';
import type { SourceMap } from '../source/source-map.ts';
import type { NamedFunction } from './named-functions.ts';
import { functionAt, placeAt, type SourceText } from './source-text.ts';

/**
 * The function that a setting means: the only one of its name, wherever it stands by now; of several the one nearest to
 * where it was. Undefined when there is none of that name: it is gone or has another one.
 */
export function findFunction(
  { functions, lineStarts }: SourceText,
  setting: Pick<WatchSetting, 'function' | 'line'>,
): NamedFunction | undefined {
  const distance = ({ start }: NamedFunction): number =>
    Math.abs(placeAt(lineStarts, start).line - (setting.line ?? 1));
  const [first, ...others] = functions.filter(({ name }) => name === setting.function);
  return (
    first && others.reduce((nearest, each) => (distance(each) < distance(nearest) ? each : nearest), first)
  );
}

/** The innermost function that begins, goes on or ends in a line; of several the one that begins there last. */
export function functionInLine(
  { functions, lineStarts }: SourceText,
  line: number,
): NamedFunction | undefined {
  const isIn = ({ start, end }: NamedFunction): boolean =>
    placeAt(lineStarts, start).line <= line && line <= placeAt(lineStarts, end).line;
  return functions.findLast(isIn);
}

/**
 * What a compiler has made of a source's function: the outermost one whose beginning the map leads into it. Compilers
 * put functions of their own into it (`__awaiter`) and around it.
 */
export function compiledFunction(
  compiled: SourceText,
  map: SourceMap,
  source: SourceText & { readonly file: string },
  wanted: NamedFunction,
): NamedFunction | undefined {
  return compiled.functions.find(({ node }) => {
    const { line, column } = placeAt(compiled.lineStarts, node.start);
    const from = map.position(line, column);
    if (from?.file !== source.file) return false;
    const lineStart = source.lineStarts[from.line - 1];
    if (lineStart === undefined) return false;
    return functionAt(source.functions, lineStart + from.column - 1) === wanted;
  });
}
