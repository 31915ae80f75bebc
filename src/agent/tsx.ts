/**
 * tsx lets esbuild join all lines of a file into one (`minifyWhitespace`), and with that every line number of a
 * profile is lost: V8 reports lines only. In a recording tsx keeps its lines: the option is switched off in tsx's own
 * calls of esbuild, nowhere else. The code that runs is the same but for white space.
 *
 * tsx's cache on disk holds texts made with the option on, and must not get ours: it is switched off as well, by
 * the variable that tsx reads when it is loaded.
 */
import Module from 'node:module';
import type { Guest } from './guest.ts';

const CACHE_VARIABLE = 'TSX_DISABLE_CACHE';
const ESBUILD_MAIN = /[\\/]esbuild[\\/]lib[\\/]main\.js$/;
const CALLED_BY_TSX = /[\\/]tsx[\\/]dist[\\/]/;

type Transform = (input: string, options?: object) => unknown;
interface CompilableModule {
  _compile: (
    this: { exports: object },
    ...parameters: [content: string, file: string, ...rest: unknown[]]
  ) => unknown;
}

const startsTsx = (): boolean =>
  /\btsx\b/.test(process.execArgv.join(' ') + (process.env['NODE_OPTIONS'] ?? ''));

export function readableTsx(guest: Guest): void {
  if (!startsTsx()) return;
  process.env[CACHE_VARIABLE] ??= '1';
  const prototype = Module.prototype as unknown as CompilableModule;
  const original = prototype._compile;
  // Not `load`: at its end the ESM loader has taken the exports already.
  prototype._compile = function _compile(...parameters) {
    const result = original.apply(this, parameters);
    if (ESBUILD_MAIN.test(parameters[1]))
      this.exports = guest.quietly(() => keepLines(this.exports), this.exports);
    return result;
  };
}

/** esbuild's exports are getters that cannot be redefined, hence a proxy in their place. */
function keepLines(esbuild: object): object {
  const wrap =
    (original: Transform): Transform =>
    (input, options) =>
      original(input, withLines(options));
  return new Proxy(esbuild, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      return name === 'transform' || name === 'transformSync' ? wrap(value as Transform) : value;
    },
  });
}

function withLines(options: object | undefined): object | undefined {
  const byTsx = CALLED_BY_TSX.test(String(new Error().stack));
  return byTsx ? { ...options, minifyWhitespace: false } : options;
}
