/** Where places that the program itself has told, as V8's errors do, stand in the sources. */
import { isTranspiled, type PlacedScript } from './script-placement.ts';
import { fileOf } from './source-url.ts';

/** 1-based; of a generated file. */
export interface RanPosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type PositionPlacement = (
  position: RanPosition,
) => { readonly file: string; readonly line: number } | undefined;

/**
 * Through the source maps of one thread's scripts, the newest last. A place stays where it ran if nothing leads elsewhere;
 * undefined in an earlier text of a file, and in one that only runs as something else makes it and whose text is lost.
 */
export function positionPlacement(scripts: readonly PlacedScript[]): PositionPlacement {
  const byFile = scriptsByFile(scripts);
  return ({ file: url, line, column }) => {
    const file = fileOf(url);
    const script = byFile.get(file);
    if (!(line > 0) || script?.isEarlierText) return undefined;
    if (!script) return isTranspiled(url) ? undefined : { file, line };
    if (!script.map) return { file, line };
    const textLine = line - script.startLine;
    const original = script.map.position(textLine, textLine === 1 ? column - script.startColumn : column);
    return original ? { file: original.file, line: original.line } : { file, line };
  };
}

/** Where the loop begins in whose body a place stands, in the sources; undefined where it stands in none of its function. */
export function loopPlacement(scripts: readonly PlacedScript[]): PositionPlacement {
  const byFile = scriptsByFile(scripts);
  const placeOf = positionPlacement(scripts);
  return position => {
    const script = byFile.get(fileOf(position.file));
    const head = script && loopHead(script, position);
    return head && placeOf({ ...head, file: position.file });
  };
}

/** As V8 would tell it. */
function loopHead(
  { ranges, startLine, startColumn }: PlacedScript,
  { line, column }: RanPosition,
): Omit<RanPosition, 'file'> | undefined {
  const textLine = line - startLine;
  const offset = ranges?.offsetOf(textLine, textLine === 1 ? column - startColumn : column) ?? -1;
  const head = ranges && offset >= 0 ? ranges.loopAround(offset) : -1;
  if (!ranges || head < 0) return undefined;
  const headLine = ranges.lineOf(head);
  const headColumn = head - ranges.offsetOf(headLine, 1) + 1;
  return { line: headLine + startLine, column: headLine === 1 ? headColumn + startColumn : headColumn };
}

const scriptsByFile = (scripts: readonly PlacedScript[]): ReadonlyMap<string, PlacedScript> =>
  new Map(scripts.map(script => [fileOf(script.url), script]));
