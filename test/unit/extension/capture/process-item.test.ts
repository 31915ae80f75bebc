import { describe, expect, test } from 'vitest';
import { addressProblem, processLine, shortCommand } from '../../../../src/extension/capture/process-item.ts';

test.each([
  ['/usr/bin/node /home/me/shop/dist/server.js --port 4870', 'server.js --port 4870'],
  ['node --enable-source-maps --import=x server.js', 'server.js'],
  ['node --conditions node -r ./x.cjs /shop/server.js', 'server.js'],
  ['node', 'node'],
  ['node --test', 'node --test'],
  [String.raw`C:\node.exe C:\shop\server.js`, 'server.js'],
  ['', ''],
])('%s is called %s', (command, expected) => {
  expect(shortCommand(command.split(' '))).toBe(expected);
});

test('a process says what it is, how old, where, and whether its inspector is open', () => {
  const entry = { pid: 4711, command: ['node', '/shop/server.js'], cwd: '/shop', ageMilliseconds: 720_500 };
  expect(processLine({ ...entry, inspector: '127.0.0.1:9229' })).toEqual({
    label: 'server.js',
    description: '4711 · 12 min',
    detail: '/shop · inspector at 127.0.0.1:9229',
  });
  expect(processLine(entry).detail).toBe('/shop');
});

test('names of programs cannot reorder or hide text', () => {
  const line = processLine({
    pid: 1,
    command: ['node', 'a\u202Eb.js'],
    cwd: '/\u001B[31m',
    ageMilliseconds: 0,
  });
  expect(line).toMatchObject({ label: String.raw`a\u202eb.js`, detail: String.raw`/\x1b[31m` });
});

describe('an address', () => {
  test.each([
    '127.0.0.1:9229',
    'box.local:1',
    ':9229',
    '[::1]:65535',
    ' host:80 ',
    'ws://127.0.0.1:9229/ab-cd',
  ])('%s can be attached to', text => {
    expect(addressProblem(text)).toBeUndefined();
  });

  test.each([
    ['', /host:port/],
    ['host', /host:port/],
    ['host:', /host:port/],
    ['host:abc', /host:port/],
    ['a b:1', /host:port/],
    ['ws://host:9229', /host:port/],
    ['host:0', /1 to 65535/],
    ['host:65536', /1 to 65535/],
  ])('%j cannot', (text, message) => {
    expect(addressProblem(text)).toMatch(message);
  });
});
