/**
 * Hono: a handler is given to a router together with its route; the last one that is called answers. What is registered
 * for all methods and for all that begins so is middleware. https://hono.dev/docs/api/routing
 */
import type { Follow } from '../operations/follow.ts';
import { dataOf, fittingRoute } from '../operations/route-name.ts';
import { prototypeOf, type Library, type PatchFile } from './library.ts';
import { apply, defineProperty, wrapMethod, type Method } from './wrapped-method.ts';

/** Which one an application has depends on its options; the first is the usual one, and hands on to others. */
const ROUTERS = {
  'smart-router': 'SmartRouter',
  'reg-exp-router': 'RegExpRouter',
  'trie-router': 'TrieRouter',
  'linear-router': 'LinearRouter',
  'pattern-router': 'PatternRouter',
} as const;

const files: Record<string, PatchFile> = {};
const modules: Record<string, readonly string[]> = {};
for (const [folder, name] of Object.entries(ROUTERS)) {
  const patch: PatchFile = (exported, follow) => [
    wrapMethod(prototypeOf(exported, name), 'add', original => adding(follow, original)),
  ];
  files[`hono/dist/router/${folder}/router.js`] = patch;
  files[`hono/dist/cjs/router/${folder}/router.js`] = patch;
  modules[`hono/dist/router/${folder}/router.js`] = [name];
}

export const hono: Library = { files, modules };

/** A handler that tells, which one router hands on to another. */
const TELLS = Symbol('slowcatch.tells');

function adding(follow: Follow, original: Method): Method {
  return function (...parameters) {
    const [method, path, registered] = parameters;
    if (Array.isArray(registered) && !isMiddleware(method, path)) {
      const [handler, route] = registered as unknown[];
      const whole = dataOf(route, 'path') ?? path;
      if (typeof handler === 'function' && typeof whole === 'string' && !(TELLS in handler))
        parameters[2] = [telling(follow, handler as Method, whole), ...registered.slice(1)];
    }
    return apply(original, this, parameters);
  };
}

const isMiddleware = (method: unknown, path: unknown): boolean =>
  method === 'ALL' && typeof path === 'string' && path.endsWith('*');

function telling(follow: Follow, handler: Method, route: string): Method {
  const replaced: Method = function (...parameters) {
    const request = follow.request();
    if (request) request.route = path => fittingRoute(route, path);
    return apply(handler, this, parameters);
  };
  for (const name of ['name', 'length'])
    defineProperty(replaced, name, { value: Reflect.get(handler, name), configurable: true });
  defineProperty(replaced, TELLS, { value: true });
  return replaced;
}
