/**
 * Sees the files of packages when the program has loaded them, by where they lie: by the name that `require` is given,
 * those that an ES module imports would be missed. What was loaded before is found in Node's cache.
 */
import Module from 'node:module';
import { member } from './library.ts';
import { onModuleRead } from './module-reads.ts';
import { apply, defineProperty, getOwnPropertyDescriptor, type Undo } from './wrapped-method.ts';

/** Told of a file of a package; `key` is its path below the innermost `node_modules`. */
export type OnLoaded = (key: string, exported: unknown, module?: { exports: unknown }) => void;

/** Where the end of an ES module hands over what `Library.modules` names. */
const HANDED = Symbol.for('slowcatch.libraries');

interface LoadedModule {
  exports: unknown;
}

/** `pg/lib/client.js` of `/app/node_modules/.pnpm/pg@8/node_modules/pg/lib/client.js`, on Windows too. */
export function packageFile(file: string): string | undefined {
  const path = file.replaceAll('\\', '/');
  const at = path.lastIndexOf('/node_modules/');
  return at < 0 ? undefined : path.slice(at + '/node_modules/'.length);
}

interface LoadingModule extends LoadedModule {
  /** The file's path, except of the main one. */
  readonly id: unknown;
}
type Load = (this: LoadingModule, ...parameters: unknown[]) => unknown;

/**
 * Modules of CommonJS that are loaded from now on. `isWanted` is asked first: this runs for every file. `load` is handed
 * out by a getter, which wraps it for wanted files alone: what a program throws while its own files are loaded has no
 * frame of ours in its stack.
 */
export function onRequired(isWanted: (key: string) => boolean, onLoaded: OnLoaded): Undo {
  const { prototype } = Module;
  const before = getOwnPropertyDescriptor(prototype, 'load');
  if (typeof before?.value !== 'function' || !before.configurable) return () => undefined;
  let load = before.value as Load;
  const told = (key: string): Load =>
    function (...parameters) {
      const result = apply(load, this, parameters);
      onLoaded(key, this.exports, this);
      return result;
    };
  const get = function (this: LoadingModule): Load {
    const key = typeof this.id === 'string' ? packageFile(this.id) : undefined;
    return key !== undefined && isWanted(key) ? told(key) : load;
  };
  const set = (value: Load): void => void (load = value);
  defineProperty(prototype, 'load', { get, set, enumerable: before.enumerable ?? false, configurable: true });
  return () => {
    if (getOwnPropertyDescriptor(prototype, 'load')?.get === get)
      defineProperty(prototype, 'load', { ...before, value: load });
  };
}

/** Modules of CommonJS that have been loaded before. */
export function alreadyRequired(isWanted: (key: string) => boolean, onLoaded: OnLoaded): void {
  const cache = member(Module, '_cache') as Record<string, LoadedModule> | undefined;
  for (const file of Object.keys(cache ?? {})) {
    const key = packageFile(file);
    const module = cache?.[file];
    if (key !== undefined && isWanted(key) && module) onLoaded(key, module.exports, module);
  }
}

type LoadHook = (
  url: string,
  context: unknown,
  next: (url: string, context: unknown) => { readonly source?: unknown },
) => unknown;

interface Hooks {
  deregister(): void;
}

/**
 * ES modules that are loaded from now on: a line at their end hands over what they export. Before Node 22.15 only those
 * that no loader of the program reads.
 */
export function onImported(names: ReadonlyMap<string, readonly string[]>, onLoaded: OnLoaded): Undo {
  const receiver: OnLoaded = (key, exported) => onLoaded(key, exported);
  Object.defineProperty(globalThis, HANDED, { value: receiver, configurable: true, enumerable: false });
  const changed = (url: string, source: unknown): string | undefined => {
    const key = url.includes('/node_modules/') ? packageFile(url.replace(/[?#].*$/, '')) : undefined;
    const wanted = key === undefined ? undefined : names.get(key);
    return key === undefined || !wanted ? undefined : handingOver(source, key, wanted);
  };
  const undo = onModuleText(changed);
  return () => {
    undo();
    const published = globalThis as Record<symbol, unknown>;
    if (published[HANDED] === receiver) delete published[HANDED];
  };
}

function onModuleText(edit: (url: string, source: unknown) => string | undefined): Undo {
  const registerHooks = member(Module, 'registerHooks') as ((hooks: { load: LoadHook }) => Hooks) | undefined;
  if (!registerHooks) return onModuleRead(edit);
  const hooks = registerHooks({
    load(url, context, next) {
      const result = next(url, context);
      const source = edit(url, result.source);
      return source === undefined ? result : { ...result, source };
    },
  });
  return () => hooks.deregister();
}

/** The same source, with a last line that fails quietly; nothing where it does not declare what is looked for. */
function handingOver(source: unknown, key: string, names: readonly string[]): string | undefined {
  const text = textOf(source);
  const found = names.filter(name => text && declares(text, name));
  if (!text || found.length === 0) return undefined;
  // Functions are replaced, classes patched: an exported function declaration may be assigned to.
  const replaced = found.filter(name => new RegExp(`function ${name}\\b`).test(text));
  const back = replaced.map(name => `${name}=$.${name};`).join('');
  const call = `globalThis[Symbol.for(${JSON.stringify(HANDED.description)})]?.(${JSON.stringify(key)},$);`;
  return `${text}\n;try{const $={${found.join(',')}};${call}${back}}catch{}`;
}

const declares = (text: string, name: string): boolean =>
  new RegExp(
    `^(?:export (?:default )?)?(?:(?:async )?(?:class|function) ${name}\\b|(?:var|let|const) ${name} ?= ?class\\b)`,
    'm',
  ).test(text);

function textOf(source: unknown): string | undefined {
  if (typeof source === 'string') return source;
  return source instanceof Uint8Array || source instanceof ArrayBuffer
    ? Buffer.from(source as Uint8Array).toString()
    : undefined;
}
