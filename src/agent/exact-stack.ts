/**
 * The stack of the running JavaScript with its inlined functions, which V8's sampler before Node 26 leaves out of a
 * sample's top: it names the function that others were inlined into (`CpuProfiler`, kLeafNodeLineNumbers). An error's
 * stack has them all. It can only be taken where V8 lets others in (calls, backward jumps of loops), so it tells
 * which functions run and how often, not their lines.
 */
interface Site {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

/** V8 inlines a few levels; the rest of a stack is as the sampler says. */
const FRAMES = 10;
const FIRST_NODE_THAT_NEEDS_NONE = 26;

/** Whether this Node's profiles lack inlined functions. */
export const lacksInlinedFunctions = (): boolean =>
  Number.parseInt(process.versions.node, 10) < FIRST_NODE_THAT_NEEDS_NONE;

/** The program may have put accessors there: then a stack cannot be read without a trace in it. */
export const canReadStacks = (): boolean =>
  isOwnAndWritable('prepareStackTrace') && isOwnAndWritable('stackTraceLimit');

function isOwnAndWritable(property: 'prepareStackTrace' | 'stackTraceLimit'): boolean {
  return Object.getOwnPropertyDescriptor(Error, property)?.writable === true;
}

/**
 * Frames outside of `below`, innermost first, one per line: `line:column:file`. Empty when no JavaScript runs, and
 * where the program would notice. Called in the thread whose stack it is. Code without a file (V8's builtins, `eval`) is left out.
 */
export function exactStack(below: (...parameters: never[]) => unknown): string {
  if (!canReadStacks()) return '';
  const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace');
  const { stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  let isOurs = false;
  try {
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = (_error, sites) => {
      isOurs = true;
      return drawn(sites);
    };
    Error.captureStackTrace(holder, below);
    const { stack } = holder;
    // V8 makes a text of its own while another stack is being read.
    return isOurs ? (stack as string) : '';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
  }
}

function drawn(sites: readonly Site[]): string {
  let text = '';
  for (const site of sites) {
    const file = site.getFileName();
    if (file) text += `${site.getLineNumber() ?? 0}:${site.getColumnNumber() ?? 0}:${file}\n`;
  }
  return text;
}
