/**
 * Whether something in this process may run other text than the files hold. Where nothing does, the collector
 * reads scripts from disk and the program is never stopped for them.
 */
import Module from 'node:module';

const TRANSPILING_FLAG = /--(experimental-)?(loader|import)\b/;
const TRANSPILER = /\b(tsx|ts-node|swc|esbuild|babel|sucrase|jiti|pirates|nyc|oxc)\b/;
/** Tools that transpile for what they run, by their script. */
const TRANSPILING_TOOL =
  /[\\/]node_modules[\\/](?:.*\b)?(tsx|ts-node|swc|babel|sucrase|jiti|nyc|jest|vitest|vite-node)\b/;
const TRANSPILED_EXTENSION = /^\.(?:[cm]?ts|[jt]sx)$/;

interface Internals {
  readonly _extensions: Readonly<Record<string, unknown>>;
  readonly prototype: { readonly _compile: unknown };
}

const internals = Module as unknown as Internals;

/** What loads CommonJS; a hook replaces one of them. As they were when the agent came. */
const LOADERS = [internals._extensions['.js'], internals.prototype._compile];

/** Asked again and again: a program may install a hook at any time. */
export function usesTranspiler(): boolean {
  const { _extensions: extensions, prototype } = internals;
  return (
    isTranspiling(process.execArgv, process.env['NODE_OPTIONS'], process.argv[1]) ||
    LOADERS[0] !== extensions['.js'] ||
    LOADERS[1] !== prototype._compile ||
    Object.keys(extensions).some(extension => TRANSPILED_EXTENSION.test(extension))
  );
}

/** Whether a process that is started so runs what a transpiler makes. */
export function isTranspiling(execArgv: readonly string[], nodeOptions = '', script = ''): boolean {
  const flags = [...execArgv, nodeOptions].join(' ');
  return TRANSPILING_FLAG.test(flags) || TRANSPILER.test(flags) || TRANSPILING_TOOL.test(script);
}
