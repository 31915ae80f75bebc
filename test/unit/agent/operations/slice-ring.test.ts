import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SliceRing } from '../../../../src/agent/operations/slice-ring.ts';

/** `A 0-30, B 30-40`: slices as they came. */
function ringOf(
  drawn: string,
  capacity?: number,
): { ring: SliceRing; operations: Record<string, { lastSlice: number }> } {
  const ring = new SliceRing(capacity);
  const operations: Record<string, { lastSlice: number }> = {};
  for (const slice of drawn.split(', ')) {
    const [name = '', times = ''] = slice.split(' ');
    const [from, to] = times.split('-').map(Number);
    ring.open((operations[name] ??= { lastSlice: 0 }), from ?? 0);
    ring.close(to ?? 0);
  }
  return { ring, operations };
}

function slicesOf(drawn: string, name: string, { capacity = 16, most = 100 } = {}): string {
  const { ring, operations } = ringOf(drawn, capacity);
  const { times, isCut } = ring.of(operations[name] ?? { lastSlice: 0 }, most);
  const slices = times.flatMap((time, index) =>
    index % 2 === 0 ? [`${time}-${time + (times[index + 1] ?? 0)}`] : [],
  );
  return [...(isCut ? ['…'] : []), ...slices].join(', ');
}

describe('the slices of an operation', () => {
  test('are its own, in the order of time', () => {
    const drawn = 'A 0-30, B 30-40, A 60-70, C 70-80, B 100-110';
    expect(slicesOf(drawn, 'A')).toBe('0-30, 60-70');
    expect(slicesOf(drawn, 'B')).toBe('30-40, 100-110');
    expect(slicesOf(drawn, 'D')).toBe('');
  });

  test('are one where it goes on at once, and two where another one came between', () => {
    expect(slicesOf('A 0-30, A 35-40', 'A')).toBe('0-40');
    expect(slicesOf('A 0-30, A 40-50', 'A')).toBe('0-30, 40-50');
    expect(slicesOf('A 0-30, B 31-32, A 33-40', 'A')).toBe('0-30, 33-40');
  });

  test('lack those that were overwritten, which is told', () => {
    const drawn = 'A 0-10, B 20-30, A 40-50, B 60-70, A 80-90';
    expect(slicesOf(drawn, 'A', { capacity: 4 })).toBe('…, 40-50, 80-90');
    expect(slicesOf(drawn, 'A', { capacity: 5 })).toBe('0-10, 40-50, 80-90');
  });

  test('are the newest where there are more than asked for', () => {
    expect(slicesOf('A 0-10, A 20-30, A 40-50', 'A', { most: 2 })).toBe('…, 20-30, 40-50');
  });

  test('are never those of another operation, whatever was overwritten', () => {
    const turn = fc.record({ who: fc.constantFrom('A', 'B', 'C'), gap: fc.integer({ min: 10, max: 30 }) });
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (turns, capacity) => {
          let at = 0;
          const all = turns.map(({ who, gap }) => ({ who, from: (at += gap), to: (at += 5) }));
          const drawn = all.map(({ who, from, to }) => `${who} ${from}-${to}`).join(', ');
          const { ring, operations } = ringOf(drawn, capacity);
          const there = all.slice(-capacity);
          for (const [name, operation] of Object.entries(operations)) {
            const expected = there
              .filter(({ who }) => who === name)
              .flatMap(({ from, to }) => [from, to - from]);
            expect(ring.of(operation, 1000).times).toEqual(expected);
          }
        },
      ),
    );
  });
});
