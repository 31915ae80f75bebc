import type { Frame } from '../cpu/profile.ts';
import type { FunctionRanges } from './function-ranges.ts';
import { lineStartsOf } from './line-starts.ts';
import { functionHead, originalName } from './original-name.ts';
import { IdentityPlacement } from './placement.ts';
import type { Placement } from './placement.ts';
import type { OriginalLine, OriginalPosition, SourceMap } from './source-map.ts';

/** A script of one thread with all that leads from it to its sources. */
export interface PlacedScript {
  readonly scriptId: string;
  /** As V8 names it. */
  readonly url: string;
  /** 0-based place of the text's first character as V8 counts it (`vm.Script` options); 0 for files. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly map?: SourceMap | undefined;
  /** The text that ran; names of functions are better with it. */
  readonly text?: string | undefined;
  /** The text holds what was put into watched functions: where its columns were before. */
  readonly unedited?: { column(line: number, column: number): number } | undefined;
  /** A newer text of the same file ran later in the recording. */
  readonly isEarlierText?: boolean | undefined;
  /** The functions of `text`; lines of functions that share one line with others are found only with them. */
  readonly ranges?: FunctionRanges | undefined;
}

/** 1-based place in a script's text. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Places the frames of one thread through the source maps of its scripts. A script is known by its id and URL
 * (foreign profiles may give all scripts one id). Code without a map, and code of a mapped script that has no
 * original (a bundler's own), stays where it ran; a line that has several originals is undefined, and so are the lines
 * of a file that Node runs only as something else makes it, where that text is lost.
 */
export function scriptPlacement(scripts: readonly PlacedScript[]): Placement {
  const asRun = new IdentityPlacement();
  const mapped = new Map(scripts.map(script => [key(script), new MappedScript(script, asRun)]));
  const isLost = (frame: Frame): boolean => isTranspiled(frame.url) && !mapped.has(key(frame));
  return {
    functionAt(frame) {
      if (isLost(frame)) return { ...asRun.functionAt(frame), line: 0, column: 0 };
      return mapped.get(key(frame))?.functionAt(frame) ?? asRun.functionAt(frame);
    },
    unmovedFile: frame =>
      isLost(frame) || mapped.get(key(frame))?.isMoved ? undefined : asRun.unmovedFile(frame),
    isEarlierText: frame => mapped.get(key(frame))?.isEarlierText ?? false,
    lineAt(frame, line) {
      if (isLost(frame)) return undefined;
      const script = mapped.get(key(frame));
      return script ? script.lineAt(frame, line) : asRun.lineAt(frame, line);
    },
  };
}

/** Whether what runs is no file's text: V8 runs JavaScript. */
export const isTranspiled = (url: string): boolean => TRANSPILED_FILE.test(url);

const TRANSPILED_FILE = /^(?:file:|\/|[A-Za-z]:[\\/]).*\.(?:[cm]?ts|[jt]sx)$/;

const key = ({ scriptId, url }: { scriptId: string; url: string }): string => `${scriptId} ${url}`;

class MappedScript {
  readonly #script: PlacedScript;
  readonly #asRun: Placement;
  #lineStarts: Int32Array | undefined;

  constructor(script: PlacedScript, asRun: Placement) {
    this.#script = script;
    this.#asRun = asRun;
  }

  get isMoved(): boolean {
    return this.#script.map !== undefined;
  }

  get isEarlierText(): boolean {
    return this.#script.isEarlierText ?? false;
  }

  functionAt(frame: Frame): ReturnType<Placement['functionAt']> {
    const asRun = this.#asRun.functionAt(frame);
    if (frame.line === 0) return asRun;
    const start = this.#inText(frame.line, frame.column);
    const name = this.#originalName(frame.functionName, start) ?? asRun.name;
    const column = this.#script.unedited ? this.#column(start) : asRun.column;
    return { ...asRun, column, ...this.#original(start), name };
  }

  lineAt(frame: Frame, line: number): OriginalLine | undefined {
    const { map } = this.#script;
    if (!map) return this.#asRun.lineAt(frame, line);
    const start = this.#inText(frame.line, frame.column);
    const textLine = line - this.#script.startLine;
    const end = this.#endOf(start);
    const original = map.lineOf(
      textLine,
      textLine === start.line ? this.#column(start) : undefined,
      textLine === end?.line ? this.#column(end) : undefined,
    );
    if (original === 'ambiguous') return undefined;
    return original ?? (this.#original(start) ? undefined : this.#asRun.lineAt(frame, line));
  }

  /** The code outside of all functions begins where its only source begins, whatever its first segment is. */
  #original(start: Place): OriginalPosition | undefined {
    const { map } = this.#script;
    if (!isWholeScript(start)) return map?.position(start.line, this.#column(start));
    const file = map?.files[0];
    return file !== undefined && map?.files.length === 1 ? { file, line: 1, column: 1 } : undefined;
  }

  /** As the file has it. */
  #column({ line, column }: Place): number {
    return this.#script.unedited?.column(line, column) ?? column;
  }

  #originalName(name: string, start: Place): string | undefined {
    const { map, text } = this.#script;
    if (text === undefined || isWholeScript(start) || (name !== '' && !map)) return undefined;
    this.#lineStarts ??= lineStartsOf(text);
    const lineStart = this.#lineStarts[start.line - 1];
    if (lineStart === undefined) return undefined;
    return originalName(name, functionHead(text, lineStart, start.line, start.column), map);
  }

  #endOf(start: Place): Place | undefined {
    const { ranges } = this.#script;
    const end = ranges?.end[ranges.innermostAt(ranges.offsetOf(start.line, start.column))];
    if (!ranges || end === undefined || isWholeScript(start)) return undefined;
    const line = ranges.lineOf(end);
    return { line, column: end - ranges.lineStart[line - 1]! + 1 };
  }

  #inText(line: number, column: number): Place {
    const { startLine, startColumn } = this.#script;
    const textLine = line - startLine;
    return { line: textLine, column: textLine === 1 ? column - startColumn : column };
  }
}

const isWholeScript = ({ line, column }: Place): boolean => line === 1 && column === 1;
