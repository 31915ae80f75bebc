/**
 * What an instrumented library is: the parts of Node that it patches at once, and the files of a package that it patches
 * when the program loads them. All of it is taken back when the recording ends.
 */
import type { Follow } from '../operations/follow.ts';
import type { Undo } from './wrapped-method.ts';

/** `module.exports` is what the next `require` gets; an ES module has none. */
export type PatchFile = (exported: unknown, follow: Follow, module?: { exports: unknown }) => readonly Undo[];

export interface Library {
  /** Node's own APIs: patched at once. */
  readonly builtin?: (follow: Follow) => readonly Undo[];
  /**
   * Modules of Node that are patched only when the program has loaded them, a second later at most: loading some prints a
   * warning, or takes long. By name, without `node:`.
   */
  readonly lateBuiltins?: Readonly<Record<string, PatchFile>>;
  /**
   * By the file's path below the innermost `node_modules`, with forward slashes: what the file exports is patched when
   * it has been loaded. An ES module hands out the classes and functions that `modules` names.
   */
  readonly files?: Readonly<Record<string, PatchFile>>;
  /** ES modules: exported classes and functions by name, handed to what `files` says of the same path. */
  readonly modules?: Readonly<Record<string, readonly string[]>>;
}

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** `exported.name`, where there is such a thing. */
export const member = (exported: unknown, name: string): unknown =>
  isObject(exported) ? (exported as Record<string, unknown>)[name] : undefined;

/**
 * A module of Node, loaded only now: an import would load it wherever the agent is, also where nothing is followed
 * (crypto takes several milliseconds). Undefined before Node 20.16.
 */
export const nodeModule = (name: string): object | undefined =>
  (process.getBuiltinModule as ((name: string) => object) | undefined)?.(name);

/** The prototype of the class that a file exports by this name, as its default or as all of it. */
export function prototypeOf(exported: unknown, name: string): unknown {
  const found = member(exported, name) ?? member(exported, 'default') ?? exported;
  return typeof found === 'function' ? (found.prototype as unknown) : undefined;
}
