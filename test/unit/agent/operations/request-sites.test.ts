import { describe, expect, test } from 'vitest';
import { PathNames } from '../../../../src/agent/operations/path-names.ts';
import { RequestFacts } from '../../../../src/agent/operations/request-facts.ts';
import { RequestSites } from '../../../../src/agent/operations/request-sites.ts';
import { Routes } from '../../../../src/agent/operations/route-counts.ts';
import { microseconds } from '../../../../src/contracts/units.ts';

const sites = new RequestSites(new PathNames());
const request = (method: string, url: string, route?: string): RequestFacts => {
  const facts = new RequestFacts('http', method, url, sites, {});
  facts.route = route;
  return facts;
};

describe('requests that are alike are counted at one place', () => {
  test.each([
    ['by path', request('GET', '/orders/1'), request('GET', '/orders/2?full'), 'GET /orders/:id'],
    ['by route', request('GET', '/o/ann', '/o/:who'), request('GET', '/o/bob', '/o/:who'), 'GET /o/:who'],
    ['by both', request('GET', '/orders/1'), request('GET', '/v2', '/orders/:id'), 'GET /orders/:id'],
  ])('%s', (_by, one, other, name) => {
    expect(one.site).toBeDefined();
    expect(one.site).toBe(other.site);
    expect([one.name(), other.name()]).toEqual([name, name]);
  });

  test('but not those of another method, another route or another kind', () => {
    const { site } = request('GET', '/orders/1');
    expect(request('POST', '/orders/1').site).not.toBe(site);
    expect(request('GET', '/orders/1', '/orders/first').site).not.toBe(site);
    const http2 = new RequestFacts('http2', 'GET', '/orders/1', new RequestSites(new PathNames()));
    expect(http2.site).not.toBe(site);
  });

  test('a route that is told late is the one that counts', () => {
    const facts = request('GET', '/orders/1');
    const { site } = facts;
    facts.route = '/orders/:number';
    expect(facts.site).not.toBe(site);
    expect(facts.name()).toBe('GET /orders/:number');
  });

  test('calls at one address are told apart by their names only', () => {
    const facts = request('POST', '/graphql');
    facts.call = 'query Orders';
    expect(facts.site).toBeUndefined();
    expect(facts.name()).toBe('POST /graphql query Orders');
  });

  test('methods and addresses without end neither fill the memory nor change what is counted', () => {
    const routes = new Routes();
    for (let index = 0; index < 10_000; index++) {
      const facts = request(index % 2 === 0 ? 'GET' : `M${index}`, `/orders/${index}`);
      const { site } = facts;
      if (site?.isCounted(500, false)) continue;
      const route = routes.of('http', facts.name());
      site?.found(route, microseconds(1000));
      route.add({
        ...{ kind: 'http', name: route.name, isSlow: false, isError: false },
        ...{ thresholdMicroseconds: 1000, durationMicroseconds: 500 },
      });
    }
    const counts = routes.takeChanged();
    expect(counts.find(({ name }) => name === 'GET /orders/:id')).toMatchObject({ count: 5000 });
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  });
});
