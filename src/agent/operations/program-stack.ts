/**
 * Stacks of the program, taken cheaply and read late: V8 keeps the frames, and where they stand is found out only when
 * somebody asks. What the program has put into `Error` neither runs nor shows: our own is there while a stack is read,
 * which on a stack taken before is when V8 prepares it.
 */
export interface ProgramFrame {
  /** Path or URL, as V8 names the script. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** It awaits what is below it. */
  readonly isAsync?: true;
}

/** Opaque until it is read. */
export interface TakenStack {
  readonly stack?: unknown;
}

interface Site {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
  isAsync(): boolean;
  getFunctionName(): string | null;
}

type Property = 'prepareStackTrace' | 'stackTraceLimit';

/** Kept: a program may put its own in their place. */
const captureStackTrace = Error.captureStackTrace.bind(Error);
const V8Error = Error;

/** Code built into Node has no place for the user. */
const BUILT_IN = /^(?:node:|$)/;

/** The frames outside of `below`; undefined where the program would notice. */
export function takeStack(
  frames: number,
  below: (...parameters: never[]) => unknown,
): TakenStack | undefined {
  if (!isWritable('stackTraceLimit')) return undefined;
  const { stackTraceLimit } = V8Error;
  const taken: TakenStack = {};
  V8Error.stackTraceLimit = frames;
  captureStackTrace(taken, below);
  V8Error.stackTraceLimit = stackTraceLimit;
  return taken;
}

const NEAR = 12;

/** Whether code that stands in files of this beginning has called `below`, itself or by a few others. */
export function isCalledFrom(file: string, below: (...parameters: never[]) => unknown): boolean {
  if (!isWritable('prepareStackTrace')) return false;
  const taken = takeStack(NEAR, below);
  const prepareStackTrace: unknown = Reflect.get(V8Error, 'prepareStackTrace');
  try {
    Reflect.set(V8Error, 'prepareStackTrace', (_error: unknown, sites: readonly Site[]) =>
      sites.some(site => site.getFileName()?.startsWith(file)),
    );
    return taken?.stack === true;
  } finally {
    Reflect.set(V8Error, 'prepareStackTrace', prepareStackTrace);
  }
}

/** Innermost first, without Node's own code and that of `without`; as many answers as stacks. */
export function readStacks(stacks: readonly (TakenStack | undefined)[], without: string): ProgramFrame[][] {
  if (!isWritable('prepareStackTrace')) return stacks.map(() => []);
  const prepareStackTrace: unknown = Reflect.get(V8Error, 'prepareStackTrace');
  try {
    Reflect.set(V8Error, 'prepareStackTrace', (_error: unknown, sites: readonly Site[]) =>
      (isInAwaiter(sites) ? [] : sites.map(toFrame)).filter(
        ({ file }) => !BUILT_IN.test(file) && file.replaceAll('\\', '/') !== without,
      ),
    );
    return stacks.map(framesOf);
  } finally {
    Reflect.set(V8Error, 'prepareStackTrace', prepareStackTrace);
  }
}

/**
 * What compilers make of `await` for engines that have none (`__awaiter` of TypeScript, `__async` of esbuild): a function
 * `step` of theirs waits, and the function that awaits is not on the stack. Its line cannot be told from there.
 */
function isInAwaiter(sites: readonly Site[]): boolean {
  const names = sites
    .filter(site => !BUILT_IN.test(site.getFileName() ?? ''))
    .slice(0, AWAITER_FRAMES)
    .map(site => site.getFunctionName() ?? '');
  return names[0] === 'step' && names.some(name => AWAITERS.has(name));
}

const AWAITERS = new Set(['__awaiter', '__async', 'fulfilled', 'rejected']);
const AWAITER_FRAMES = 4;

/** A text is what Node makes of a stack where the program has replaced `Error`: it is left alone. */
function framesOf(taken: TakenStack | undefined): ProgramFrame[] {
  const frames = taken?.stack;
  return Array.isArray(frames) ? (frames as ProgramFrame[]) : [];
}

const toFrame = (site: Site): ProgramFrame => ({
  file: site.getFileName() ?? '',
  line: site.getLineNumber() ?? 0,
  column: site.getColumnNumber() ?? 0,
  ...(site.isAsync() ? { isAsync: true } : {}),
});

function isWritable(property: Property): boolean {
  return Object.getOwnPropertyDescriptor(V8Error, property)?.writable === true;
}
