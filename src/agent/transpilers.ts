/**
 * Whether something in this process may run other text than the files hold. Where nothing does, the collector
 * reads scripts from disk and the program is never stopped for them.
 */
import Module from 'node:module';

const TRANSPILING_FLAGS =
  /--(experimental-)?loader\b|\b(tsx|ts-node|swc|esbuild|babel|sucrase|jiti|pirates|nyc|oxc)\b/;
const TRANSPILED_EXTENSION = /^\.(?:[cm]?ts|[jt]sx)$/;

interface Internals {
  _extensions: Record<string, unknown>;
}

export function usesTranspiler(): boolean {
  const extensions = Object.keys((Module as unknown as Internals)._extensions);
  return (
    TRANSPILING_FLAGS.test(process.execArgv.join(' ')) ||
    extensions.some(extension => TRANSPILED_EXTENSION.test(extension))
  );
}
