import { canReadStacks } from '../exact-stack.ts';

export interface StackFrame {
  /** '' for anonymous functions. Untrusted. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Site {
  getFunctionName(): string | null;
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

const FRAMES = 30;
/** Below what Node calls within itself stands the program. */
const DEEPEST = 300;
const LONGEST_NAME = 200;

export const isOfNode = ({ file }: Pick<StackFrame, 'file'>): boolean => file.startsWith('node:');

/**
 * What runs in this thread outside of `below`, innermost first; code without a file is left out, and so is of a stack that is
 * too deep what lies between its top and the innermost frame of the program. Empty where the program would notice that it
 * was asked.
 */
export function framesNow(below: (...parameters: never[]) => unknown): readonly StackFrame[] {
  if (!canReadStacks()) return [];
  const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace');
  const { stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = DEEPEST;
    Error.prepareStackTrace = (_error, sites) => sites.flatMap(frameOf);
    Error.captureStackTrace(holder, below);
    const { stack } = holder;
    // V8 writes a text of its own where it has been interrupted in the middle of another stack.
    return Array.isArray(stack) ? mattering(stack as StackFrame[]) : [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
  }
}

/** With what Node was called for, and by whom. */
function mattering(stack: readonly StackFrame[]): readonly StackFrame[] {
  const own = stack.findIndex(frame => !isOfNode(frame));
  if (own < FRAMES) return stack.slice(0, FRAMES);
  return [...stack.slice(0, FRAMES - 2), ...stack.slice(own - 1, own + 1)];
}

function frameOf(site: Site): StackFrame[] {
  const file = site.getFileName();
  if (!file) return [];
  const name = (site.getFunctionName() ?? '').slice(0, LONGEST_NAME);
  return [{ name, file, line: site.getLineNumber() ?? 0, column: site.getColumnNumber() ?? 0 }];
}
