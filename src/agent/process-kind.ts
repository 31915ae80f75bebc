/** Which processes and threads are the program, and which only serve it: the latter are not sampled. */

/** Launchers by the path of their main script. */
const WRAPPERS = [
  /\/npm\/(bin|lib)\/(npm|npx)(-cli)?(\.c?js)?$/,
  /\/(npm|npx)-cli\.js$/,
  /\/corepack\/dist\/[^/]+\.js$/,
  /\/(npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack)$/,
  /\/(yarn|pnpm|pnpx)\.c?js$/,
  /\/yarn(-[\w.]+)?\.c?js$/,
  /\/\.bin\/(npm|npx|pnpm|yarn|tsx|nodemon|cross-env|dotenv|concurrently|npm-run-all|run-[sp])$/,
  /\/tsx\/dist\/cli\.[cm]?js$/,
  /\/nodemon\/bin\/nodemon\.js$/,
  /\/(cross-env|dotenv-cli|env-cmd)\/.*\.[cm]?js$/,
  /\/concurrently\/dist\/bin\/[^/]+\.js$/,
  /\/npm-run-all2?\/bin\/[^/]+\.js$/,
];

/** `node --watch` only restarts a child; the child carries no such flag. */
const watches = (execArgv: readonly string[]): boolean =>
  execArgv.some(flag => flag === '--watch' || flag.startsWith('--watch-path'));

/** `node --test` runs each file in a child, unless told otherwise, and has no inspector: asking for one aborts it. */
const runsTests = (execArgv: readonly string[]): boolean =>
  execArgv.includes('--test') && !/--(experimental-)?test-isolation[= ]none/.test(execArgv.join(' '));

export function isWrapper(argv: readonly string[], execArgv: readonly string[]): boolean {
  const script = (argv[1] ?? '').replace(/\\/g, '/');
  return watches(execArgv) || runsTests(execArgv) || WRAPPERS.some(pattern => pattern.test(script));
}

/**
 * Threads that belong to tools, not to the program: Node's own for `module.register` hooks (Node 22.14+ says so;
 * before, `internal/modules/esm/worker` stands on the stack that preloads us) and esbuild's for its synchronous API.
 */
export function isToolThread(isInternalThread: boolean | undefined, argv: readonly string[]): boolean {
  return (
    isInternalThread === true ||
    /internal\/modules\/esm\/worker/.test(wholeStack()) ||
    /[\\/]esbuild[\\/]lib[\\/]main\.js$/.test(argv[1] ?? '')
  );
}

function wholeStack(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const stack = String(new Error('where').stack);
  Error.stackTraceLimit = limit;
  return stack;
}
