import type { FunctionRanges } from '../../source/function-ranges.ts';
import { functionName } from '../../source/function-name.ts';
import type { Frame } from '../profile.ts';

/** A script as the frames of a profile name it. */
export type ScriptName = Pick<Frame, 'scriptId' | 'url'>;

/** Text of a script with the ranges of its functions. */
export interface ScriptBody {
  readonly text: string;
  readonly ranges: FunctionRanges;
  /** 0-based place of the text's first character as V8 counts it (`vm.Script` options); 0 for files. */
  readonly startLine: number;
  readonly startColumn: number;
}

/** The body of a script; undefined where its text is missing. */
export type ScriptBodies = (script: ScriptName) => ScriptBody | undefined;

/** Name of the frame that holds time of an inlined function that cannot be told. */
export const INLINED_CODE = '(inlined code)';

/** Index of a script's top level among its functions. */
const TOP_LEVEL = -1;
const NOT_FOUND = -2;

/** One script with its frames. */
interface Script {
  readonly name: ScriptName;
  readonly body: ScriptBody | undefined;
  readonly frames: number[];
  /** Frame by index of the function; found when somebody asks. */
  byFunction: Map<number, number> | undefined;
}

/** Looks up the text that belongs to a frame. Grows by frames that no sample named. */
export class FrameBodies {
  readonly frames: Frame[];
  private readonly scripts = new Map<string, Script>();
  private readonly scriptOf: Script[] = [];
  /** Index of the frame's function within its script, and the lines between which it stands, by frame. */
  private readonly functionOf: number[] = [];
  private readonly firstLine: number[] = [];
  private readonly lastLine: number[] = [];

  constructor(
    frames: readonly Frame[],
    private readonly bodies: ScriptBodies,
  ) {
    this.frames = [...frames];
    for (let frame = 0; frame < frames.length; frame++) this.register(frame);
  }

  /** Whether a line holds code of the frame's own; undefined when the frame's text is missing. */
  ownsLine(frame: number, line: number): boolean | undefined {
    const index = this.functionIndex(frame);
    if (index === NOT_FOUND) return undefined;
    if (line < this.firstLine[frame]! || line > this.lastLine[frame]!) return false;
    return ownersIn(this.scriptOf[frame]!.body!, line).includes(index);
  }

  /**
   * Lines of the frame's own code, as V8 counts, where its text calls something of that name (an identifier); comments
   * and strings that look like a call are among them.
   */
  linesCalling(frame: number, name: string): number[] {
    const index = this.functionIndex(frame);
    const { body } = this.scriptOf[frame]!;
    if (!body || index === NOT_FOUND) return [];
    const { ranges, text, startLine } = body;
    const [start, end] = index === TOP_LEVEL ? [0, text.length] : [ranges.start[index]!, ranges.end[index]!];
    const call = new RegExp(`\\b${name}\\s*\\(`, 'g');
    const lines = new Set<number>();
    for (const match of text.slice(start, end).matchAll(call)) {
      const offset = start + match.index;
      if (ranges.innermostAt(offset) === index) lines.add(ranges.lineOf(offset) + startLine);
    }
    return [...lines];
  }

  /** A script's top level is never inlined. */
  isInlinable(frame: number): boolean {
    return this.functionIndex(frame) > TOP_LEVEL;
  }

  /** The frames of the functions of the frame's own script that own a line, which may have no frame yet. */
  siblingsOwning(frame: number, line: number): number[] {
    const script = this.scriptOf[frame]!;
    const own = this.functionIndex(frame);
    const others = script.body ? ownersIn(script.body, line) : [];
    return [...others]
      .filter(index => index !== TOP_LEVEL && index !== own)
      .map(index => this.frameOf(script, index));
  }

  /** The frame of the function around a place, 1-based as V8 counts; -1 where the text is missing or is another one. */
  frameAt(name: ScriptName, line: number, column: number): number {
    const script = this.scriptNamed(name);
    const index = script.body ? functionAt(script.body, line, column) : NOT_FOUND;
    return index === NOT_FOUND ? -1 : this.frameOf(script, index);
  }

  /** The frame that stands for a function inlined into `frame` that cannot be told. */
  inlinedCode(frame: number): number {
    const { name, frames } = this.scriptOf[frame]!;
    const existing = frames.find(other => this.frames[other]!.functionName === INLINED_CODE);
    return existing ?? this.add({ ...name, functionName: INLINED_CODE, line: 0, column: 0 });
  }

  private frameOf(script: Script, index: number): number {
    const known = this.byFunction(script).get(index);
    if (known !== undefined) return known;
    const added = this.add(index === TOP_LEVEL ? topLevel(script) : functionFrame(script, index));
    this.byFunction(script).set(index, added);
    return added;
  }

  private byFunction(script: Script): Map<number, number> {
    if (!script.byFunction) {
      script.byFunction = new Map<number, number>();
      for (const frame of script.frames) script.byFunction.set(this.functionIndex(frame), frame);
      script.byFunction.delete(NOT_FOUND);
    }
    return script.byFunction;
  }

  private functionIndex(frame: number): number {
    return this.functionOf[frame] ?? this.resolve(frame);
  }

  private resolve(frame: number): number {
    const { body } = this.scriptOf[frame]!;
    const index = functionOfFrame(this.frames[frame]!, body);
    this.functionOf[frame] = index;
    const isFunction = body !== undefined && index > TOP_LEVEL;
    this.firstLine[frame] = isFunction ? body.ranges.lineOf(body.ranges.start[index]!) + body.startLine : 0;
    this.lastLine[frame] = isFunction
      ? body.ranges.lineOf(body.ranges.end[index]! - 1) + body.startLine
      : Number.POSITIVE_INFINITY;
    return index;
  }

  private add(frame: Frame): number {
    return this.register(this.frames.push(frame) - 1);
  }

  private register(frame: number): number {
    const script = this.scriptNamed(this.frames[frame]!);
    this.scriptOf[frame] = script;
    script.frames.push(frame);
    return frame;
  }

  private scriptNamed({ scriptId, url }: ScriptName): Script {
    const key = `${scriptId} ${url}`;
    let script = this.scripts.get(key);
    if (!script) {
      const name = { scriptId, url };
      script = { name, body: this.bodies(name), frames: [], byFunction: undefined };
      this.scripts.set(key, script);
    }
    return script;
  }
}

/** Which function of its script a frame is. A function that starts where none stands: the text is not what ran. */
function functionOfFrame(frame: Frame, body: ScriptBody | undefined): number {
  if (!body || frame.line === 0) return NOT_FOUND;
  const isTopLevel =
    frame.line === body.startLine + 1 && frame.column === body.startColumn + 1 && frame.functionName === '';
  if (isTopLevel) return TOP_LEVEL;
  const index = functionAt(body, frame.line, frame.column);
  return index === TOP_LEVEL ? NOT_FOUND : index;
}

/** The innermost function around a place, `NOT_FOUND` behind the end of the text. */
function functionAt({ ranges, startLine, startColumn }: ScriptBody, line: number, column: number): number {
  const textLine = line - startLine;
  const offset = ranges.offsetOf(textLine, textLine === 1 ? column - startColumn : column);
  return offset === -1 ? NOT_FOUND : ranges.innermostAt(offset);
}

/** Functions with code on a line; else those that end there: V8 places a function's return on its last line. */
function ownersIn(
  { ranges, startLine }: ScriptBody,
  line: number,
): ArrayLike<number> & Iterable<number> & { includes(index: number): boolean } {
  const textLine = line - startLine;
  const owners = ranges.ownersOfLine(textLine);
  return owners.length > 0 ? owners : endingOn(ranges, textLine);
}

function endingOn(ranges: FunctionRanges, line: number): number[] {
  const from = ranges.lineStart[line - 1];
  if (from === undefined) return [];
  const to = ranges.lineStart[line] ?? Number.POSITIVE_INFINITY;
  const ending: number[] = [];
  for (let index = ranges.innermostAt(from); index !== TOP_LEVEL; index = ranges.parent[index]!) {
    const last = ranges.end[index]! - 1;
    if (last >= from && last < to) ending.push(index);
  }
  return ending;
}

function functionFrame({ name, body }: Script, index: number): Frame {
  const { text, ranges, startLine, startColumn } = body!;
  const start = ranges.start[index]!;
  const line = ranges.lineOf(start);
  const column = start - ranges.lineStart[line - 1]! + 1 + (line === 1 ? startColumn : 0);
  return { ...name, functionName: functionName(text, start), line: line + startLine, column };
}

const topLevel = ({ name, body }: Script): Frame => ({
  ...name,
  functionName: '',
  line: body!.startLine + 1,
  column: body!.startColumn + 1,
});
