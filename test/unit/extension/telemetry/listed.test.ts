import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { listedOnly, type Listing } from '../../../../src/extension/telemetry/listed.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..', '..');
const listing = JSON.parse(readFileSync(path.join(ROOT, 'telemetry.json'), 'utf8')) as Listing;

/** An event as the reporter composes it. */
const composed = (name: string, properties: Readonly<Record<string, unknown>>, baseType = 'EventData') => ({
  time: '2026-11-23T10:00:00.000Z',
  iKey: '0',
  name: 'Microsoft.ApplicationInsights.0.Event',
  tags: { 'ai.user.id': 'machine', 'ai.session.id': 'session' },
  data: { baseType, baseData: { ver: 2, name, properties, measurements: { size: 1 } } },
});

const left = (...events: readonly unknown[]): unknown => {
  const body = listedOnly(JSON.stringify(events), listing);
  return body === undefined ? undefined : JSON.parse(body);
};

describe('of what would leave', () => {
  test('events of telemetry.json go on, without ids of the machine and the session', () => {
    expect(left(composed('slowcatch.slowcatch/command', { name: 'attach', 'common.os': 'linux' }))).toEqual([
      {
        time: '2026-11-23T10:00:00.000Z',
        iKey: '0',
        name: 'Microsoft.ApplicationInsights.0.Event',
        data: {
          baseType: 'EventData',
          baseData: {
            ver: 2,
            name: 'slowcatch.slowcatch/command',
            properties: { name: 'attach', 'common.os': 'linux' },
          },
        },
      },
    ]);
  });

  test.each([
    ['another event', composed('slowcatch.slowcatch/opened', { name: 'attach' })],
    ['an event called as a property of every object', composed('slowcatch.slowcatch/toString', {})],
    ['an exception', composed('slowcatch.slowcatch/failure', { code: 'x' }, 'ExceptionData')],
    ['what is no event', 'text'],
    ['null', null],
  ])('%s stays', (_, event) => {
    expect(left(event)).toBeUndefined();
  });

  test.each([
    ['a property that is not listed', { cwd: 'shop' }],
    ['a property of another event', { code: 'internal' }],
    ['a remote that VS Code names', { 'common.remotename': 'ssh-remote' }],
    ['a path', { name: '/home/me/shop' }],
    ['a sentence', { name: 'cannot be read' }],
    ['an address', { name: 'https://a' }],
    ['a value that is no text', { name: 7 }],
  ])('%s stays', (_, properties) => {
    expect(left(composed('slowcatch.slowcatch/command', properties))).toMatchObject([
      { data: { baseData: { properties: {} } } },
    ]);
  });

  test('nothing that is no JSON goes on', () => {
    expect(() => listedOnly('{"time"', listing)).toThrow(SyntaxError);
  });
});

test('every code of an error can be counted', () => {
  expect(left(composed('x/failure', { code: new UserError('internal').code }))).toMatchObject([
    { data: { baseData: { properties: { code: 'internal' } } } },
  ]);
});

test('telemetry.json says of every property what it is and what for', () => {
  const { events, commonProperties } = listing;
  for (const property of [
    ...Object.values(events).flatMap(Object.values),
    ...Object.values(commonProperties),
  ])
    expect(property).toEqual({
      classification: expect.stringMatching(/^(?:SystemMetaData|PublicNonPersonalData)$/) as string,
      purpose: expect.stringMatching(/^(?:FeatureInsight|PerformanceAndHealth)$/) as string,
      comment: expect.stringMatching(/\.$/) as string,
    });
});
