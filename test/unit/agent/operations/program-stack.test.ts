import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readStacks, takeStack } from '../../../../src/agent/operations/program-stack.ts';

const HERE = fileURLToPath(import.meta.url);
const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace');
const { stackTraceLimit } = Error;
const put = (property: string, descriptor: PropertyDescriptor): void => {
  Object.defineProperty(Error, property, { configurable: true, ...descriptor });
};

afterEach(() => {
  put('prepareStackTrace', { value: prepareStackTrace, writable: true, enumerable: false });
  put('stackTraceLimit', { value: stackTraceLimit, writable: true, enumerable: true });
});

const taken = (frames = 3): ReturnType<typeof takeStack> => takeStack(frames, taken);
const filesOf = (frames: readonly { file: string }[] | undefined): (string | undefined)[] =>
  (frames ?? []).map(({ file }) => path.basename(file.replace(/\?.*/, '')));

describe('a stack of the program', () => {
  test('is told from where it was taken, without what took it and without Node', () => {
    const [frames] = readStacks([taken()], '');
    expect(filesOf(frames)[0]).toBe(path.basename(HERE));
    expect(frames?.[0]?.line).toBeGreaterThan(20);
    expect(frames?.every(({ file }) => !file.startsWith('node:'))).toBe(true);
  });

  test('leaves out the file of the agent', () => {
    const [frames] = readStacks([taken(1)], '');
    expect(frames).toHaveLength(1);
    expect(readStacks([taken(1)], frames?.[0]?.file.replaceAll('\\', '/') ?? '')).toEqual([[]]);
  });

  test('neither shows nor runs what the program has put in', () => {
    let asked = 0;
    const own = (): string => `asked ${++asked}`;
    const stack = taken();
    put('prepareStackTrace', { value: own, writable: true });
    put('stackTraceLimit', { value: 1, writable: true });
    const [early, late] = readStacks([stack, taken()], '');
    expect(filesOf(early)[0]).toBe(path.basename(HERE));
    expect(late).not.toHaveLength(0);
    expect([asked, Reflect.get(Error, 'prepareStackTrace'), Error.stackTraceLimit]).toEqual([0, own, 1]);
    expect(new Error('x').stack).toBe('asked 1');
  });

  test.each([
    ['an accessor', { get: () => 10, set: () => expect.unreachable() }],
    ['frozen', { value: 10, writable: false }],
  ])('is not taken where the limit is %s', (_, descriptor) => {
    put('stackTraceLimit', descriptor);
    expect(taken()).toBeUndefined();
  });

  test.each([
    ['an accessor', { get: () => expect.unreachable(), set: () => expect.unreachable() }],
    ['frozen', { value: undefined, writable: false }],
  ])('is not read where what prepares it is %s', (_, descriptor) => {
    const stack = taken();
    put('prepareStackTrace', descriptor);
    expect(readStacks([stack, undefined], '')).toEqual([[], []]);
  });
});
