import type { FunctionRanges } from '../../source/function-ranges.ts';
import { functionName } from '../../source/function-name.ts';
import type { Frame } from '../profile.ts';

/** Text of a script with the ranges of its functions. */
export interface ScriptBody {
  readonly text: string;
  readonly ranges: FunctionRanges;
  /** 0-based place of the text's first character as V8 counts it (`vm.Script` options); 0 for files. */
  readonly startLine: number;
  readonly startColumn: number;
}

/** The script of a frame; undefined where its text is missing. */
export type ScriptBodies = (frame: Frame) => ScriptBody | undefined;

/** Which function of its script a frame is. */
export interface FrameBody extends ScriptBody {
  /** Index into `ranges`, -1 for the script's top level. */
  readonly index: number;
}

/** Name of the frame that holds time of an inlined function that cannot be told. */
export const INLINED_CODE = '(inlined code)';

/** Looks up, once per frame, the text that belongs to the frame. Grows by frames that no sample named. */
export class FrameBodies {
  readonly frames: Frame[];
  private readonly known = new Map<number, FrameBody | undefined>();
  private bySource: Map<string, number> | undefined;

  constructor(
    frames: readonly Frame[],
    private readonly scripts: ScriptBodies,
  ) {
    this.frames = [...frames];
  }

  of(frame: number): FrameBody | undefined {
    if (this.known.has(frame)) return this.known.get(frame);
    const body = this.find(this.frames[frame]!);
    this.known.set(frame, body);
    return body;
  }

  /** Whether a line holds code of the frame's own; undefined when the frame's text is missing. */
  ownsLine(frame: number, line: number): boolean | undefined {
    // Native code and V8's states have no text: their lines say nothing, and nothing is inlined into them.
    if (this.frames[frame]!.line === 0) return true;
    const body = this.of(frame);
    if (!body) return undefined;
    const textLine = line - body.startLine;
    const owners = body.ranges.ownersOfLine(textLine);
    return owners.length > 0 ? body.ranges.ownsLine(body.index, textLine) : closesOn(body, textLine);
  }

  /** Whether V8 could inline the frame somewhere and its text is known: a script's top level never is inlined. */
  isInlinable(frame: number): boolean {
    return (this.of(frame)?.index ?? -1) !== -1;
  }

  /** The frame of a function of the same script, which may have no frame yet. */
  sibling(frame: number, index: number): number {
    const { scriptId, url } = this.frames[frame]!;
    const script = this.of(frame)!;
    const { text, ranges, startLine, startColumn } = script;
    const key = `${scriptId} ${url} ${index}`;
    const existing = this.sources().get(key);
    if (existing !== undefined) return existing;
    const start = ranges.start[index]!;
    const textLine = ranges.lineOf(start);
    const column = start - ranges.lineStart[textLine - 1]! + 1 + (textLine === 1 ? startColumn : 0);
    const made = { functionName: functionName(text, start), scriptId, url, line: textLine + startLine, column };
    const added = this.frames.push(made) - 1;
    this.sources().set(key, added);
    this.known.set(added, { ...script, index });
    return added;
  }

  /** The frame that stands for a function inlined into `frame` that cannot be told. */
  inlinedCode(frame: number): number {
    const { scriptId, url } = this.frames[frame]!;
    const key = `${scriptId} ${url} inlined`;
    const existing = this.sources().get(key);
    if (existing !== undefined) return existing;
    const added = this.frames.push({ functionName: INLINED_CODE, scriptId, url, line: 0, column: 0 }) - 1;
    this.sources().set(key, added);
    return added;
  }

  private sources(): Map<string, number> {
    if (this.bySource) return this.bySource;
    this.bySource = new Map<string, number>();
    for (let frame = 0; frame < this.frames.length; frame++) {
      const body = this.of(frame);
      const { scriptId, url } = this.frames[frame]!;
      if (body) this.bySource.set(`${scriptId} ${url} ${body.index}`, frame);
    }
    return this.bySource;
  }

  private find(frame: Frame): FrameBody | undefined {
    if (frame.line === 0) return undefined;
    const script = this.scripts(frame);
    if (!script) return undefined;
    if (isTopLevel(frame, script)) return { ...script, index: -1 };
    const line = frame.line - script.startLine;
    const column = line === 1 ? frame.column - script.startColumn : frame.column;
    const offset = script.ranges.offsetOf(line, column);
    const index = script.ranges.innermostAt(offset);
    // A function that starts where no function stands: the text is not the one that ran.
    return index === -1 ? undefined : { ...script, index };
  }
}

/** A line of closing brackets only: V8 places a function's return on its last one. */
function closesOn({ text, ranges, index }: FrameBody, line: number): boolean {
  const start = ranges.lineStart[line - 1];
  if (start === undefined) return false;
  const end = ranges.lineStart[line] ?? text.length;
  for (let offset = start; offset < end; offset++)
    if (text.charCodeAt(offset) > SPACE && ranges.innermostAt(offset) === index) return true;
  return false;
}

const SPACE = 32;

/** V8 gives a script's own code the position of its first character, and no name. */
const isTopLevel = (frame: Frame, { startLine, startColumn }: ScriptBody): boolean =>
  frame.line === startLine + 1 && frame.column === startColumn + 1 && frame.functionName === '';
