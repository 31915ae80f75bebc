/**
 * express 4 and 5, and what stands on it (NestJS): a request tells its route itself, but of a router that is mounted under
 * a prefix with parameters only what was asked for (`/tenants/acme`). Such prefixes are remembered where they are mounted.
 * https://expressjs.com/en/guide/routing.html
 */
import type { Follow } from '../operations/follow.ts';
import { dataOf, mountedAt } from '../operations/route-name.ts';
import { isObject, member, type Library } from './library.ts';
import { apply, hideIn, wrapMethod, type Method, type Undo } from './wrapped-method.ts';

/** Of express 4, and of 5. */
const HANDLING = ['handle_request', 'handleRequest'];

export const express: Library = {
  files: {
    'express/lib/router/index.js': (exported, follow) => [wrapUse(exported, follow)],
    'router/index.js': (exported, follow) => [wrapUse(member(exported, 'prototype'), follow)],
  },
};

/** Layers that `use` has added handle requests with a note of where they stand; others are left as they are. */
const wrapUse = (prototype: unknown, follow: Follow): Undo =>
  wrapMethod<object>(
    prototype,
    'use',
    original =>
      function (...parameters) {
        const before = stackOf(this).length;
        const result = apply(original, this, parameters);
        const [prefix] = parameters;
        if (typeof prefix === 'string' && /[:*]/.test(prefix))
          for (const layer of stackOf(this).slice(before)) noteMount(layer, prefix, follow);
        return result;
      },
  );

function stackOf(router: object): readonly object[] {
  const stack = dataOf(router, 'stack');
  return Array.isArray(stack) ? stack.filter(isObject) : [];
}

function noteMount(layer: object, prefix: string, follow: Follow): void {
  for (const name of HANDLING) {
    const original = member(layer, name);
    if (typeof original !== 'function') continue;
    hideIn(layer, name, function (...parameters) {
      comeThrough(follow, parameters[0], prefix);
      return apply(original as Method, this, parameters);
    });
  }
}

/** Its base is what has matched until here, the prefix included. */
function comeThrough(follow: Follow, request: unknown, prefix: string): void {
  const names = follow.request();
  const base = dataOf(request, 'baseUrl');
  if (!names || typeof base !== 'string') return;
  const segments = prefix.split('/').filter(segment => segment !== '');
  const above = base.split('/').slice(0, -segments.length).join('/');
  const pattern = `${mountedAt(above, names.mounts ?? [])}/${segments.join('/')}`;
  names.mounts = [...(names.mounts ?? []).filter(mount => mount.base !== base), { base, pattern }];
}
