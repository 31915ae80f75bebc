/**
 * The stack that has allocated what a verdict is about, where it is clear: V8's sampler knows functions, a verdict a line. A
 * stack is the verdict's where it begins in the function that the line is in; or where it leads through it (the line makes an
 * object whose constructor makes the rest) and all such stacks together hold about as much as the verdict has counted.
 */
import type { Node } from '@oxc-project/types';
import type { HeldThread, PlacedFrame } from '../../analysis/heap/held-thread.ts';
import type { LeakVerdict } from '../../contracts/leaks.ts';
import { isFunction, walk } from '../../model/watched/syntax.ts';
import { framesOf } from '../../present/leaks/suspicions.ts';
import type { ScriptSource, SourceTexts } from './source-texts.ts';

type Stack = readonly PlacedFrame[];

/** What a stack that begins there holds at least of the verdict's bytes, as far as samples tell. */
const LEAST_PART = 0.1;
/** What all stacks that lead through the function hold together, as a part of the verdict's bytes. */
const ABOUT = { least: 0.3, most: 3 } as const;

/** `undefined` where it is not clear. */
export async function allocationOf(
  verdict: LeakVerdict,
  threads: readonly HeldThread[],
  sources: SourceTexts,
): Promise<Stack | undefined> {
  const { file, line, retainedBytes } = verdict;
  const source = file === undefined ? undefined : await sources.of(file);
  if (!source) return undefined;
  const isMeant = (frame: PlacedFrame): boolean =>
    frame.file === file && (line === undefined || isIn(source, frame, line));
  const stacks = stacksOf(threads);
  const own = stacks.find(({ stack: [first] }) => first !== undefined && isMeant(first));
  if (own && own.bytes >= LEAST_PART * retainedBytes) return own.stack;
  const through = stacks.filter(({ stack }) => stack.some(isMeant));
  const all = through.reduce((sum, { bytes }) => sum + bytes, 0);
  const isAbout = all >= ABOUT.least * retainedBytes && all <= ABOUT.most * retainedBytes;
  return isAbout ? through[0]?.stack : undefined;
}

/** A verdict without a line takes the one of the function that has allocated. */
export function withAllocation(verdict: LeakVerdict, stack: Stack | undefined): LeakVerdict {
  const [first] = stack ?? [];
  if (!stack || !first) return verdict;
  const line = verdict.line ?? (first.line > 0 ? first.line : undefined);
  return { ...verdict, ...(line === undefined ? {} : { line }), allocatedAt: framesOf(stack) };
}

/** The largest first. */
const stacksOf = (threads: readonly HeldThread[]): { readonly stack: Stack; readonly bytes: number }[] =>
  threads
    .flatMap(({ stacks, held }) =>
      [...held].map(([site, bytes]) => ({ stack: stacks.get(site) ?? [], bytes })),
    )
    .sort((a, b) => b.bytes - a.bytes);

/** Whether the function that begins at `frame` is the innermost one around the line, or begins in it. */
function isIn(source: ScriptSource, frame: PlacedFrame, line: number): boolean {
  if (frame.line === line) return true;
  const { lineStarts, text, program } = source;
  const start = lineStarts[line - 1];
  const frameStart = lineStarts[frame.line - 1];
  if (!program || start === undefined || frameStart === undefined) return false;
  const indent = text.slice(start).search(/\S/);
  const own = functionAround(program, frameStart + Math.max(0, frame.column - 1));
  return own === functionAround(program, start + Math.max(0, indent));
}

/** The innermost one; `undefined` outside of all. */
function functionAround(program: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  walk(program, node => {
    // An offset is in one branch only: what does not hold it has nothing below that does.
    if (offset < node.start || offset >= node.end) return node === program;
    if (isFunction(node)) found = node;
    return true;
  });
  return found;
}
