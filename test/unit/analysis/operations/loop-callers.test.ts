import { describe, expect, test } from 'vitest';
import { callerOf } from '../../../../src/analysis/operations/loop-callers.ts';
import { microseconds } from '../../../../src/contracts/units.ts';

/** `0-10 < orders.js:9 < async route.js:2`; `0-10 in orders.js:7`: the line itself stands in that loop. */
const asked = (text: string) =>
  text
    .trim()
    .split('\n')
    .map(line => {
      const [head = '', ...callers] = line.trim().split(' < ');
      const [span = '', own] = head.split(' in ');
      const [loopFile = '', loopLine] = own?.split(':') ?? [];
      const [from = 0, to = 0] = span.split('-').map(Number);
      return {
        from: microseconds(from),
        length: microseconds(to - from),
        ...(own === undefined ? {} : { loop: { file: loopFile, line: Number(loopLine) } }),
        callers: callers.map(caller => {
          const [place = '', word] = caller.split(' ').reverse();
          const [file = '', at = ''] = place.split(':');
          return { file, line: Number(at), ...(word === 'async' ? { isAsync: true } : {}) };
        }),
      };
    });

const drawn = (text: string): string => {
  const caller = callerOf(asked(text));
  return caller ? `${caller.isLoop ? 'loop' : 'called from'} ${caller.file}:${caller.line}` : 'unknown';
};

describe('who asks again and again is', () => {
  test('the loop that its line stands in: nobody calls it from its second turn on', () => {
    expect(
      drawn(`
        0-9 in orders.js:7 < route.js:2
        10-19 in orders.js:7 < async route.js:2
        20-29 in orders.js:7 < async route.js:2
        30-39 in orders.js:7
        40-49 in orders.js:7
        50-59 in orders.js:7
      `),
    ).toBe('loop orders.js:7');
  });

  test('not a loop of its line that is called in turn: it tries again where it fails', () => {
    expect(
      drawn(`
        0-9 in retry.js:3 < orders.js:9 < route.js:2
        10-19 in retry.js:3 < orders.js:9 < async route.js:2
        20-29 in retry.js:3 < orders.js:9 < async route.js:2
        30-39 in retry.js:3 < orders.js:9 < async route.js:2
        40-49 in retry.js:3 < orders.js:9 < async route.js:2
      `),
    ).toBe('loop orders.js:9');
  });

  test('the loop that its line stands in and that asks for all at once', () => {
    expect(
      drawn(`
        0-30 in orders.js:7 < route.js:2
        1-30 in orders.js:7 < route.js:2
        2-30 in orders.js:7 < route.js:2
      `),
    ).toBe('loop orders.js:7');
    expect(drawn('0-9 in orders.js:7 < route.js:2')).toBe('called from route.js:2');
  });

  test('the function that awaits each call: its second turn begins with itself', () => {
    expect(
      drawn(`
        0-9 < orders.js:9 < route.js:2
        10-19 < orders.js:9 < async route.js:2
        20-29 < orders.js:9 < async route.js:2
        30-39 < orders.js:9 < async route.js:2
        40-49 < orders.js:9 < async route.js:2
        50-59 < orders.js:9 < async route.js:2
      `),
    ).toBe('loop orders.js:9');
  });

  test('the outermost function of each turn, whatever it calls in turn', () => {
    const turn = '< helper.js:4 < orders.js:9';
    expect(drawn(`0-9 ${turn}\n10-19 ${turn}\n20-29 ${turn}`)).toBe('loop orders.js:9');
  });

  test('not told by an await of all together', () => {
    const call = asked('0-9 in orders.js:7 < route.js:2\n1-9 in orders.js:7 < route.js:2\n2-9 < route.js:2');
    const together = call.map(each => ({ ...each, isTogether: true }));
    expect(callerOf(together)).toEqual({ file: 'route.js', line: 2, isLoop: false });
  });

  test('the one that calls for all at once', () => {
    const call = '< orders.js:9 < orders.js:8 < route.js:2';
    expect(drawn(`0-9 ${call}\n1-19 ${call}\n2-29 ${call}`)).toBe('loop orders.js:9');
  });

  test('no loop that is known where the line itself awaits: the loop may be its own', () => {
    expect(
      drawn(`
        0-9 < route.js:2
        10-19 < async route.js:2
        20-29 < async route.js:2
      `),
    ).toBe('called from route.js:2');
  });

  test('nobody where callers differ, or none is known', () => {
    expect(drawn('0-9 < a.js:1\n10-19 < b.js:1\n20-29 < c.js:1')).toBe('unknown');
    expect(drawn('0-9\n10-19')).toBe('unknown');
  });
});
