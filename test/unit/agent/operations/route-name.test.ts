import { describe, expect, test } from 'vitest';
import { PathNames } from '../../../../src/agent/operations/path-names.ts';
import {
  dataOf,
  fittingRoute,
  frameworkRoute,
  mountedAt,
  pathOf,
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
    ['/customers/cus_NffrFeUfNV2Hib', '/customers/:id'],
    ['/orders/order-10017/items', '/orders/:id/items'],
    ['/days/2026-11-27', '/days/:id'],
    ['/images/17.png', '/images/:id'],
    ['/videos/dQw4w9WgXcQ', '/videos/:id'],
    ['/users/jo%40example.org', '/users/:id'],
    ['/users/jo@example.org', '/users/:id'],
    ['/v2/oauth2/top10/getUserList', '/v2/oauth2/top10/getUserList'],
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
      Array.from({ length: 5000 }, (_, index) => names.of(`/orders/${index}?q=${index}`)),
    );
    expect([...found]).toEqual(['/orders/:id']);
  });

  test('where titles differ without end, further ones are one', () => {
    const names = new PathNames();
    const ask = (index: number): string => names.of(`/posts/${'ab'.repeat(index + 1)}/edit`);
    const found = new Set(Array.from({ length: 3000 }, (_, index) => ask(index)));
    expect(found.size).toBe(101);
    expect([ask(0), ask(99), ask(100), ask(2999)]).toEqual([
      '/posts/ab/edit',
      `/posts/${'ab'.repeat(100)}/edit`,
      '/posts/:name/edit',
      '/posts/:name/edit',
    ]);
    const deep = new Set(
      Array.from({ length: 20_000 }, (_, index) =>
        names.of(`/${'x'.repeat(index % 450)}/${'y'.repeat(index % 33)}/${'z'.repeat(index % 7)}/a`),
      ),
    );
    expect(deep.size).toBeLessThan(20_000);
  });

  test.each([
    ['/users/:id', '/users/17', '/users/:id'],
    ['/users/:id/', '/users/17', '/users/:id'],
    ['/Users/:id', '/users/17', '/Users/:id'],
    ['/x/:id', '/api/x/7', '/api/x/:id'],
    ['/x/:id', '/tenants/17/x/7', '/tenants/:id/x/:id'],
    ['/files/*', '/files/a/b/c', '/files/*'],
    ['/files/{*rest}', '/files', '/files/{*rest}'],
    ['/users/:id?', '/users', '/users/:id?'],
    ['/café', '/caf%C3%A9', '/café'],
    ['/', '/', '/'],
    ['/users/:id', '/orders/17', undefined],
    ['/users/:id', '/users', undefined],
    ['/users', '/users/17', undefined],
    ['/', '/x', undefined],
    ['/a%', '/%zz', undefined],
    [/x/, '/x', undefined],
    [undefined, '/x', undefined],
  ])('the route %s, asked for as %s, is %s', (route, path, name) => {
    expect(fittingRoute(route, path)).toBe(name);
  });

  test('a router with parameters in its prefix is named by them', () => {
    const mounts = [
      { base: '/tenants/acme', pattern: '/tenants/:tenant' },
      { base: '/tenants/acme/teams/a', pattern: '/tenants/:tenant/teams/:team' },
    ];
    const request = { route: { path: '/users/:id' }, baseUrl: '/tenants/acme/teams/a' };
    expect(frameworkRoute(request, mounts)).toBe('/tenants/:tenant/teams/:team/users/:id');
    expect(mountedAt('/tenants/acme/admin/7', mounts)).toBe('/tenants/:tenant/admin/:id');
    expect(mountedAt('/tenants/acmes', mounts)).toBe('/tenants/acmes');
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
