/**
 * Functions of files that the program has loaded before we came: those that can be reached from a CommonJS module's
 * exports are replaced there. What the program has taken out of them before stays as it is, as do ES modules.
 */
import Module from 'node:module';
import type { BeginWatchedCall } from '../../contracts/watched-call.ts';
import type { WatchedFile } from '../../contracts/watched.ts';

type Callable = (this: unknown, ...parameters: unknown[]) => unknown;
type Holder = Record<string, unknown>;

const loaded = (Module as unknown as { _cache: Readonly<Record<string, { exports: unknown } | undefined>> })
  ._cache;

interface Wrapped {
  /** Undoes it, where nobody has put something else there since. */
  readonly undo: readonly (() => void)[];
  /** Of loaded files. */
  readonly unreachable: readonly string[];
  readonly loaded: readonly string[];
}

export function wrapLoaded(files: readonly WatchedFile[], begin: BeginWatchedCall): Wrapped {
  const undo: (() => void)[] = [];
  const unreachable: string[] = [];
  const found: string[] = [];
  for (const { file, functions } of files) {
    const module = loaded[file];
    if (!module) continue;
    found.push(file);
    for (const { id, name, isGenerator = false } of functions) {
      const holder = isGenerator ? undefined : holderOf(module.exports, name);
      if (holder) undo.push(wrap(holder.holder, holder.key, id, begin));
      else unreachable.push(`${name} in ${file}`);
    }
  }
  return { undo, unreachable, loaded: found };
}

/** `Orders.list`: a method of an exported class, static or not, or of an exported object; `list`: exported itself. */
function holderOf(exports: unknown, name: string): { holder: Holder; key: string } | undefined {
  const parts = name.split('.');
  const key = parts.at(-1) ?? '';
  const owners = parts.length === 1 ? [exports] : ownersIn(exports, parts.slice(0, -1));
  const holder = owners.find(owner => isWrappable(owner, key));
  return holder ? { holder: holder as Holder, key } : undefined;
}

function ownersIn(exports: unknown, path: readonly string[]): unknown[] {
  const named = path.reduce<unknown>((owner, part) => own(owner, part), exports);
  // `module.exports = class Orders`.
  const isItself = typeof exports === 'function' && path.length === 1 && own(exports, 'name') === path[0];
  const found = isItself ? [exports, named] : [named];
  return found.flatMap(owner => [own(owner, 'prototype'), owner]);
}

const isObject = (value: unknown): value is Holder =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Never a getter: that would run the program's code. */
const own = (owner: unknown, key: string): unknown =>
  isObject(owner) ? Object.getOwnPropertyDescriptor(owner, key)?.value : undefined;

function isWrappable(owner: unknown, key: string): boolean {
  if (!isObject(owner)) return false;
  const { value, writable } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
  return (
    typeof value === 'function' &&
    writable === true &&
    !/^class\b/.test(Function.prototype.toString.call(value))
  );
}

/** Kept. Of a Proxy it gives what nobody can evaluate: programs send functions elsewhere by their text. */
const functionText = Reflect.get(Function.prototype, 'toString');

function wrap(holder: Holder, key: string, id: number, begin: BeginWatchedCall): () => void {
  const original = holder[key] as Callable;
  const wrapped = new Proxy(original, {
    apply(target, self, parameters: unknown[]) {
      const call = begin(id);
      try {
        return call.r(Reflect.apply(target, self, parameters));
      } finally {
        call.e();
      }
    },
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      return name === 'toString' && value === functionText ? functionText.bind(target) : value;
    },
  });
  holder[key] = wrapped;
  return () => {
    if (holder[key] === wrapped) holder[key] = original;
  };
}
