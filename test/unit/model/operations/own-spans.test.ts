import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownSpans, withInner } from '../../../../src/model/operations/own-spans.ts';

interface Drawn {
  readonly id: number;
  readonly parent?: number;
  readonly kind: 'http' | 'call' | 'stall';
  readonly startMicroseconds: number;
  readonly slices: readonly number[];
}

/** `'1 http@100: 0+10 50+20'`, `'2<1 call@110: 0+5'`: id, outer one, start, slices. */
function parse(line: string): Drawn {
  const [, id = '', parent, kind = 'call', start = '', slices = ''] =
    /^(\d+)(?:<(\d+))? (\w+)@(\d+):(.*)$/.exec(line) ?? [];
  return {
    id: Number(id),
    ...(parent === undefined ? {} : { parent: Number(parent) }),
    kind: kind as Drawn['kind'],
    startMicroseconds: Number(start),
    slices: slices
      .trim()
      .split(/[ +]/)
      .filter(text => text !== '')
      .map(Number),
  };
}

const draw = (lines: readonly string[]): string =>
  ownSpans(lines.map(parse).map(each => ({ ...each, slices: [...each.slices] })))
    .map(({ owner, from, to }) => `${owner}: ${from}-${to}`)
    .join(', ');

describe('who holds the thread', () => {
  test('slices of several operations stand in the order of time', () => {
    expect(draw(['1 http@100: 0+10 50+20', '2 http@105: 10+30'])).toBe('0: 100-110, 1: 115-145, 0: 150-170');
  });

  test('the innermost of an operation and those inside it', () => {
    expect(draw(['1 http@100: 0+100', '2<1 call@120: 0+10 50+10', '3<2 call@122: 0+4'])).toBe(
      '0: 100-120, 1: 120-122, 2: 122-126, 1: 126-130, 0: 130-170, 1: 170-180, 0: 180-200',
    );
  });

  test('an outer operation whose slices leave out those inside has all of its own', () => {
    expect(draw(['1 http@100: 0+20 30+70', '2<1 call@120: 0+10'])).toBe('0: 100-120, 1: 120-130, 0: 130-200');
  });

  test('operations that name each other, or one that is gone, are no circle', () => {
    expect(draw(['1<2 call@0: 0+10', '2<1 call@0: 20+10', '3<9 call@0: 40+1'])).toBe(
      '0: 0-10, 1: 20-30, 2: 40-41',
    );
  });

  test('an operation is with those inside it, and inside those', () => {
    const drawn = ['1 http@0:', '2<1 call@0:', '3<2 call@0:', '4 http@0:'].map(parse);
    expect(withInner(drawn.map(each => ({ ...each, slices: [] })))).toEqual([[0, 1, 2], [1, 2], [2], [3]]);
  });
});

test('an operation and those inside it have each moment of its slices once', () => {
  const slices = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), { maxLength: 8 })
    .map(steps => {
      let at = 0;
      return steps.flatMap(([pause, length]) => {
        at += pause;
        const slice = [at, length];
        at += length;
        return slice;
      });
    });
  fc.assert(
    fc.property(fc.array(slices, { minLength: 1, maxLength: 5 }), all => {
      const nested = all.map((each, index) => ({
        ...{ id: index + 1, kind: 'call' as const, startMicroseconds: 1000 + 3 * index, slices: each },
        ...(index === 0 ? {} : { parent: index }),
      }));
      const moments = (spans: readonly { from: number; to: number }[]): number[] =>
        spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));
      const owned = moments(ownSpans(nested));
      const wanted = new Set(
        moments(
          nested.flatMap(({ startMicroseconds, slices: own }) =>
            own.flatMap((from, index) =>
              index % 2 === 0
                ? [{ from: startMicroseconds + from, to: startMicroseconds + from + own[index + 1]! }]
                : [],
            ),
          ),
        ),
      );
      expect(owned.length).toBe(wanted.size);
      expect(new Set(owned)).toEqual(wanted);
    }),
  );
});
