import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Arming } from '../../../../src/agent/operations/arming.ts';
import type { OperationFacts } from '../../../../src/agent/operations/follow.ts';
import { bucketOf, Routes } from '../../../../src/agent/operations/route-counts.ts';
import { Thresholds } from '../../../../src/agent/operations/thresholds.ts';

const counted = (name: string, durationMicroseconds: number) => ({
  kind: 'http' as const,
  name,
  durationMicroseconds,
  thresholdMicroseconds: 1000,
  isSlow: durationMicroseconds >= 1000,
  isError: false,
});

describe('counts of routes', () => {
  test('hold each duration in its eighth of an octave', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), duration => {
        const bucket = bucketOf(duration);
        expect(2 ** (bucket / 8)).toBeLessThanOrEqual(duration * (1 + 1e-9));
        expect(2 ** ((bucket + 1) / 8)).toBeGreaterThan(duration * (1 - 1e-9));
      }),
    );
    expect([bucketOf(0), bucketOf(1), bucketOf(2), bucketOf(Number.MAX_VALUE)]).toEqual([0, 0, 8, 319]);
  });

  test('are told again only when they have changed', () => {
    const routes = new Routes();
    routes.of('http', 'GET /a').add(counted('GET /a', 500));
    routes.of('http', 'GET /a').add(counted('GET /a', 2000));
    expect(routes.takeChanged()).toMatchObject([
      { name: 'GET /a', count: 2, slowCount: 1, totalMicroseconds: 2500, maxMicroseconds: 2000 },
    ]);
    expect(routes.takeChanged()).toEqual([]);
  });

  test('of names that never come again are counted together', () => {
    const routes = new Routes();
    for (let index = 0; index < 3000; index++) routes.of('http', `GET /${index}`).add(counted('', 1));
    const all = routes.takeChanged();
    expect(all.length).toBeLessThanOrEqual(1001);
    expect(all.find(({ name }) => name === '(others)')).toMatchObject({ count: 2000 });
  });
});

describe('thresholds', () => {
  test('are those of the first exception that fits, or what the call itself says', () => {
    const thresholds = new Thresholds({
      thresholdMilliseconds: 100,
      armOneIn: 1,
      thresholds: [
        { kind: 'http', name: 'GET /report', thresholdMilliseconds: 2000 },
        { name: 'GET /report', thresholdMilliseconds: 3000 },
        { kind: 'job', thresholdMilliseconds: 500 },
      ],
    });
    expect(thresholds.of('http', 'GET /report', undefined)).toBe(2_000_000);
    expect(thresholds.of('http2', 'GET /report', undefined)).toBe(3_000_000);
    expect(thresholds.of('job', 'mail', undefined)).toBe(500_000);
    expect(thresholds.of('http', 'GET /', undefined)).toBe(100_000);
    expect(thresholds.of('job', 'mail', 1)).toBe(1000);
  });
});

describe('await sites are looked for', () => {
  const facts = (family: string): OperationFacts => ({ kind: 'http', name: 'late', family: () => family });

  test('in one in so many operations of what was slow, the next one first', () => {
    const arming = new Arming(3);
    expect(arming.next(facts('GET /a'))).toBeUndefined();
    arming.wasSlow(facts('GET /a'));
    const armed = Array.from({ length: 7 }, () => arming.next(facts('GET /a')));
    expect(armed).toEqual(['sites', 'calls', 'calls', 'sites', 'calls', 'calls', 'sites']);
    expect(arming.next(facts('GET /b'))).toBeUndefined();
  });

  test('no longer when a hundred have begun since the last slow one, until the next slow one', () => {
    const arming = new Arming(10);
    const next = (count: number) => Array.from({ length: count }, () => arming.next(facts('GET /a')));
    arming.wasSlow(facts('GET /a'));
    expect(next(90)).not.toContain(undefined);
    arming.wasSlow(facts('GET /a'));
    expect(next(100).filter(look => look === 'sites')).toHaveLength(10);
    expect(next(3)).toEqual([undefined, undefined, undefined]);
    arming.wasSlow(facts('GET /a'));
    expect(next(2)).toEqual(['sites', 'calls']);
  });
});
