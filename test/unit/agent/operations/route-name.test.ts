import { describe, expect, test } from 'vitest';
import {
  dataOf,
  frameworkRoute,
  pathOf,
  PathNames,
  withoutIdentifiers,
} from '../../../../src/agent/operations/route-name.ts';

describe('the name of a request', () => {
  test.each([
    ['/orders/17', '/orders/:id'],
    ['/orders/17/lines/3', '/orders/:id/lines/:id'],
    ['/files/3f2b8c1e-9d4a-4f6b-8e2c-1a2b3c4d5e6f.', '/files/3f2b8c1e-9d4a-4f6b-8e2c-1a2b3c4d5e6f.'],
    ['/files/3f2b8c1e-9d4a-4f6b-8e2c-1a2b3c4d5e6f', '/files/:id'],
    ['/commits/9fceb02d', '/commits/:id'],
    ['/commits/deadbeef', '/commits/deadbeef'],
    ['/sessions/eyJhbGciOiJIUzI1NiJ9', '/sessions/:id'],
    ['/v2/users', '/v2/users'],
    ['/', '/'],
    ['', ''],
  ])('%s is %s', (path, name) => {
    expect(withoutIdentifiers(path)).toBe(name);
  });

  test.each([
    ['/orders?token=secret', '/orders'],
    ['http://host:80/orders?token=secret', '/orders'],
    ['http://host', '/'],
    ['*', '*'],
    ['', '/'],
    ['/a#b', '/a'],
  ])('the path of %s is %s', (url, path) => {
    expect(pathOf(url)).toBe(path);
  });

  test('is the same for ever new addresses, of which not all are remembered', () => {
    const names = new PathNames();
    const found = new Set(
      Array.from({ length: 5000 }, (_, index) => names.of('GET', `/orders/${index}?q=${index}`)),
    );
    expect([...found]).toEqual(['GET /orders/:id']);
  });

  test.each([
    [{ route: { path: '/orders/:number' }, baseUrl: '/shop' }, '/shop/orders/:number'],
    [{ route: { path: '/' }, baseUrl: '/shop' }, '/shop'],
    [{ route: { path: '/' }, baseUrl: '' }, '/'],
    [{ route: { path: '/x' }, baseUrl: '/users/17' }, '/users/:id/x'],
    [{ route: { path: /regular/ } }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('of %j is the route of its framework: %s', (request, route) => {
    expect(frameworkRoute(request)).toBe(route);
  });

  test('runs no code of the program', () => {
    const trap = (): never => {
      throw new Error('ran');
    };
    const hostile = new Proxy({}, { get: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap });
    expect(frameworkRoute({ route: hostile })).toBeUndefined();
    expect(frameworkRoute(Object.defineProperty({}, 'route', { get: trap }))).toBeUndefined();
    expect(frameworkRoute(Object.create(hostile))).toBeUndefined();
    expect(dataOf(Object.create({ method: 'GET' }), 'method')).toBe('GET');
  });
});
