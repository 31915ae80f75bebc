import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseTarget } from '../../../../src/collect/attach/target.ts';
import { UserError } from '../../../../src/contracts/user-error.ts';

const local = (port: number) => ({ host: '127.0.0.1', port });

describe('a target', () => {
  test.each([
    ['4711', { kind: 'process', pid: 4711 }],
    [' 4711 ', { kind: 'process', pid: 4711 }],
    [':9229', { kind: 'address', address: local(9229) }],
    ['127.0.0.1:9229', { kind: 'address', address: local(9229) }],
    ['http://127.0.0.1:9229/', { kind: 'address', address: local(9229) }],
    ['my-host.example:80', { kind: 'address', address: { host: 'my-host.example', port: 80 } }],
    ['[::1]:9229', { kind: 'address', address: { host: '::1', port: 9229 } }],
    ['ws://127.0.0.1:9229/0f2c936f-b1cd', { kind: 'session', address: local(9229), path: '/0f2c936f-b1cd' }],
    ['ws://[::1]:80/id', { kind: 'session', address: { host: '::1', port: 80 }, path: '/id' }],
  ])('%s', (text, expected) => {
    expect(parseTarget(text)).toEqual(expected);
  });

  test.each(
    [
      [
        '',
        '0',
        '-1',
        '12a',
        '1.5',
        'app.js',
        '99999999999',
        'host',
        'host:',
        'host:0',
        'host:65536',
        ':99999',
      ],
      ['a b:9229', 'user@host:1', 'ws://host/id', 'ws://host:9229', 'ws://host:9229/', 'wss://host:9229/id'],
      ['ws://host:9229/id?x', 'https://host:9229', '::1:9229', '[::1]', '[host]:1'],
    ].flat(),
  )('%j is none', text => {
    expect(() => parseTarget(text)).toThrow(expect.objectContaining({ code: 'attach-target' }));
  });

  test('is parsed, or refused as a user error, whatever the text', () => {
    const parts = fc.constantFrom(
      'ws://',
      'http://',
      'host',
      '127.0.0.1',
      '[',
      '::1',
      ']',
      ':',
      '9',
      '/',
      ' ',
      '\n',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(parts).map(all => all.join('')),
    );
    const outcome = (text: string): string => {
      try {
        return parseTarget(text).kind;
      } catch (error) {
        return error instanceof UserError ? error.code : 'another error';
      }
    };
    fc.assert(
      fc.property(texts, text => {
        expect(['process', 'address', 'session', 'attach-target']).toContain(outcome(text));
      }),
    );
  });

  test('reads an address as it is written', () => {
    const hosts = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain());
    fc.assert(
      fc.property(hosts, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
        expect(parseTarget(formatAddress({ host, port }))).toEqual({
          kind: 'address',
          address: { host, port },
        });
      }),
    );
  });
});
