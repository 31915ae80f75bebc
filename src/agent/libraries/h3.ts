/**
 * h3 (Nitro, Nuxt): its event has the route that was found. https://h3.dev (2), https://v1.h3.dev (1)
 */
import { dataOf, fittingRoute } from '../operations/route-name.ts';
import type { Follow } from '../operations/follow.ts';
import { prototypeOf, type Library, type PatchFile } from './library.ts';
import { apply, defineProperty, getOwnPropertyDescriptor, wrapMethod } from './wrapped-method.ts';

/** `key`: what of the route is its path. */
function tell(follow: Follow, event: unknown, key: 'route' | 'path'): void {
  const request = follow.request();
  if (request)
    request.route = path => fittingRoute(dataOf(dataOf(dataOf(event, 'context'), 'matchedRoute'), key), path);
}

const second: PatchFile = (exported, follow) => [
  wrapMethod(
    prototypeOf(exported, 'H3Core'),
    'handler',
    original =>
      function (...parameters) {
        tell(follow, parameters[0], 'route');
        return apply(original, this, parameters);
      },
  ),
];

/** Routers ask each event for its path. */
const first: PatchFile = (exported, follow) => {
  const events = prototypeOf(exported, 'H3Event');
  if (typeof events !== 'object' || events === null) return [];
  const before = getOwnPropertyDescriptor(events, 'path');
  const read = before?.get;
  if (!before || !read) return [];
  const get = function (this: unknown): unknown {
    tell(follow, this, 'path');
    return apply(read, this, []);
  };
  if (!defineProperty(events, 'path', { ...before, get })) return [];
  return [
    () => {
      if (getOwnPropertyDescriptor(events, 'path')?.get === get) defineProperty(events, 'path', before);
    },
  ];
};

export const h3: Library = {
  files: {
    'h3/dist/h3.mjs': second,
    'h3/dist/cache.mjs': second,
    'h3/dist/index.cjs': first,
    'h3/dist/index.mjs': first,
  },
  modules: {
    'h3/dist/h3.mjs': ['H3Core'],
    'h3/dist/cache.mjs': ['H3Core'],
    'h3/dist/index.mjs': ['H3Event'],
  },
};
