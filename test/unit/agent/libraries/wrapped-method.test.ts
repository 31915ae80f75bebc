import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { wrapMethod, type Method } from '../../../../src/agent/libraries/wrapped-method.ts';

/** Adds one to what the original answers. */
const oneMore = (original: Method): Method =>
  function (...parameters) {
    return (Reflect.apply(original, this, parameters) as number) + 1;
  };

class Counter {
  n = 1;
  count(_by: number, _of: number): number {
    return this.n;
  }
}

describe('a replaced method', () => {
  test('is what everybody calls, with its `this`, until it is taken back', () => {
    class Mine extends Counter {}
    const undo = wrapMethod(Mine.prototype, 'count', oneMore);
    const undoInherited = wrapMethod(Counter.prototype, 'count', oneMore);
    expect(new Mine().count(0, 0)).toBe(2);
    undo();
    undoInherited();
    expect(new Mine().count(0, 0)).toBe(1);
    expect(Object.hasOwn(Mine.prototype, 'count')).toBe(false);
  });

  test('keeps name, length, and what util.promisify looks for', async () => {
    const target = {
      read: Object.assign(
        function read(_a: number, _b: number) {
          return 0;
        },
        { [promisify.custom]: async () => 7 },
      ),
    };
    wrapMethod(target, 'read', oneMore);
    expect([target.read.name, target.read.length, await promisify(target.read)()]).toEqual(['read', 2, 7]);
  });

  test('stays enumerable or not, as it was', () => {
    wrapMethod(Counter.prototype, 'count', original => original)();
    const undo = wrapMethod(Counter.prototype, 'count', oneMore);
    expect(Object.keys(Counter.prototype)).toEqual([]);
    undo();
    expect(Object.getOwnPropertyDescriptor(Counter.prototype, 'count')).toMatchObject({
      writable: true,
      enumerable: false,
    });
  });

  test('is left alone when the program has put its own over it', () => {
    const target = { count: () => 1 };
    const undo = wrapMethod(target, 'count', oneMore);
    const ours = target.count;
    const theirs = () => ours() * 10;
    target.count = theirs;
    undo();
    expect(target.count).toBe(theirs);
    expect(target.count()).toBe(20);
  });

  test.each([
    ['frozen', Object.freeze({ count: () => 1 })],
    ['a getter', Object.defineProperty({}, 'count', { get: () => () => 1 }) as { count(): number }],
  ])('is not replaced where it is %s', (_, target) => {
    wrapMethod(target, 'count', oneMore)();
    expect(target.count()).toBe(1);
  });

  test.each([[undefined], [null], [1], [{}], [{ count: 1 }], [Object.create(Counter.prototype)]])(
    'is not made where there is none: %s',
    target => {
      expect(() => wrapMethod(target, 'count', oneMore)()).not.toThrow();
      expect(Object.keys(Object(target))).toEqual(
        target === null || typeof target !== 'object' ? [] : Object.keys(target),
      );
    },
  );
});
