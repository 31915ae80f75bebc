/**
 * How a request is named: by its framework's route where that can be told, else by its path with what looks like an
 * identifier left out. Reads only what lies there as data: a property with a getter is code of the program.
 */
import { types } from 'node:util';

/** Numbers, dates, UUIDs, hashes, `cus_Nffr9feU`, `17.png`, addresses of mail, what is long and has a digit. */
const IDENTIFIER =
  /^(?:\d[\d.,:_-]*(?:\.\w{1,5})?|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=.*\d)[0-9a-f]{8,}|(?=.*\d)[\w~-]{20,}|[a-z]{1,12}[_-](?=\w*\d)[a-z\d]{4,}|.+(?:@|%40).+)$/i;
/** `dQw4w9WgXcQ`: capitals, small letters and two digits in one word. */
const MIXED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d.*\d)\w{8,}$/;
/** A part of a route that stands for more than itself. */
const PATTERN = /[:*(){}?+[\]<>]/;
/** One that stands for any number of segments. */
const REST = /\*|\{.*\/|\/.*\}|\(\.[*+]\)/;

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
    .map(segment => (IDENTIFIER.test(segment) || MIXED.test(segment) ? ':id' : segment))
    .join('/');

/** A prefix under which a router was mounted, as it was in this request, and as the program has written it. */
export interface Mount {
  readonly base: string;
  readonly pattern: string;
}

/** The route as express and what is like it keep it at the request: `/shop` + `/orders/:id`. */
export function frameworkRoute(request: unknown, mounts: readonly Mount[] = []): string | undefined {
  if (typeof request !== 'object' || request === null || types.isProxy(request)) return undefined;
  // Most requests have none: their prototypes are not asked.
  const path = dataOf(Object.getOwnPropertyDescriptor(request, 'route')?.value, 'path');
  if (typeof path !== 'string') return undefined;
  const base = dataOf(request, 'baseUrl');
  const whole = (typeof base === 'string' ? mountedAt(base, mounts) : '') + path;
  return whole.length > 1 ? whole.replace(/\/$/, '') : whole || '/';
}

/** `/tenants/acme/admin` → `/tenants/:tenant/admin`, by the longest mount that is known. */
export function mountedAt(base: string, mounts: readonly Mount[]): string {
  const known = mounts
    .filter(mount => base === mount.base || base.startsWith(`${mount.base}/`))
    .toSorted((a, b) => b.base.length - a.base.length)[0];
  return known ? known.pattern + withoutIdentifiers(base.slice(known.base.length)) : withoutIdentifiers(base);
}

/**
 * A route told by a router that may know neither of what it is mounted under nor of addresses that were changed on the
 * way: it counts where it fits the path, or the path's end. `/x/:id` of `/api/x/7` → `/api/x/:id`.
 */
export function fittingRoute(route: unknown, path: string): string | undefined {
  if (typeof route !== 'string') return undefined;
  const parts = segmentsOf(route);
  const given = segmentsOf(path);
  if (fits(parts, given)) return `/${parts.join('/')}`;
  const before = given.length - parts.length;
  if (before <= 0 || parts.length === 0 || !fits(parts, given.slice(before))) return undefined;
  return `${withoutIdentifiers(`/${given.slice(0, before).join('/')}`)}/${parts.join('/')}`;
}

const segmentsOf = (path: string): string[] => path.split('/').filter(segment => segment !== '');

function fits(parts: readonly string[], given: readonly string[]): boolean {
  for (const [index, part] of parts.entries()) {
    if (REST.test(part)) return true;
    const segment = given[index];
    if (segment === undefined) return part.endsWith('?') || part.startsWith('{');
    if (!PATTERN.test(part) && part.toLowerCase() !== decoded(segment).toLowerCase()) return false;
  }
  return parts.length === given.length;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
