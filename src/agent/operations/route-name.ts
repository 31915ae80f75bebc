/**
 * How a request is named: by its framework's route where that can be told, else by its path with what looks like an
 * identifier left out. Reads only what lies there as data: a property with a getter is code of the program.
 */
import { types } from 'node:util';

const IDENTIFIER =
  /^(?:\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=.*\d)[0-9a-f]{8,}|(?=.*\d)[\w~-]{20,})$/i;
const MOST_CACHED = 2000;

/** The value of a property, own or inherited, that is no accessor's; undefined else. Runs no code of the program. */
export function dataOf(holder: unknown, key: string): unknown {
  let object = holder;
  while (object !== null && (typeof object === 'object' || typeof object === 'function')) {
    if (types.isProxy(object)) return undefined;
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor) return descriptor.value;
    object = Object.getPrototypeOf(object);
  }
  return undefined;
}

/** `/orders/17?full=1` → `/orders/17`; the origin of an absolute address is left out too. */
export function pathOf(url: string): string {
  const path = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  const end = path.search(/[?#]/);
  return (end === -1 ? path : path.slice(0, end)) || '/';
}

/** `/orders/17` → `/orders/:id`. */
export const withoutIdentifiers = (path: string): string =>
  path
    .split('/')
    .map(segment => (IDENTIFIER.test(segment) ? ':id' : segment))
    .join('/');

/** Names by method and address, kept for the addresses that come again and again. */
export class PathNames {
  private names = new Map<string, string>();

  of(method: string, url: string): string {
    const key = `${method} ${url}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `${method} ${withoutIdentifiers(pathOf(url))}`;
    if (this.names.size >= MOST_CACHED) this.names.clear();
    this.names.set(key, name);
    return name;
  }
}

/** The route as express and what is like it keep it at the request: `/shop` + `/orders/:id`. */
export function frameworkRoute(request: unknown): string | undefined {
  const path = dataOf(dataOf(request, 'route'), 'path');
  if (typeof path !== 'string') return undefined;
  const base = dataOf(request, 'baseUrl');
  const whole = (typeof base === 'string' ? withoutIdentifiers(base) : '') + path;
  return whole.length > 1 ? whole.replace(/\/$/, '') : whole || '/';
}
