import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PairTable } from '../../../../src/model/cpu/pair-table.ts';
import { DominantStacks } from '../../../../src/model/stacks/dominant-stacks.ts';

/** Stacks by path: `a`, `a>b` … */
class Paths {
  readonly stacks = new PairTable();
  readonly names = new Map<number, string>([[0, '-']]);

  constructor() {
    this.stacks.intern(-1, 0);
  }

  of(path: string): number {
    let stack = 0;
    for (const name of path.split('>')) stack = this.stacks.intern(stack, name.charCodeAt(0));
    this.names.set(stack, path);
    return stack;
  }
}

/** `'a 0-30, a>b 30-45'` in so many buckets of 0 … `to`. */
function stretches(drawn: string, to: number, buckets: number): string {
  const paths = new Paths();
  const dominant = new DominantStacks({ from: 0, to }, buckets, paths.stacks);
  for (const part of drawn.split(', ').filter(Boolean)) {
    const [, path = '', from, end] = /^(\S+) (\d+)-(\d+)$/.exec(part) ?? [];
    dominant.add(paths.of(path), Number(from), Number(end));
  }
  const { stack, duration } = dominant.finish();
  return Array.from(stack, (each, index) => `${paths.names.get(each)} ${duration[index]}`).join(', ');
}

describe('stacks in the order of time', () => {
  test('each bucket has the stack that held most of it, neighbours that are equal become one', () => {
    expect(stretches('a 0-16, b 16-24, a 24-40', 40, 4)).toBe('a 40');
    expect(stretches('a 0-14, b 14-26, a 26-40', 40, 4)).toBe('a 10, b 20, a 10');
  });

  test('one that lasts long fills many buckets', () => {
    expect(stretches('a 0-1000', 1000, 4000)).toBe('a 1000');
  });

  test('time that nobody has is kept, before, between and behind', () => {
    expect(stretches('a 20-30, b 50-60', 80, 8)).toBe('- 20, a 10, - 20, b 10, - 20');
    expect(stretches('', 80, 8)).toBe('- 80');
  });

  test('what ran for less than the time that nobody has is not shown', () => {
    expect(stretches('a 3-7', 10, 1)).toBe('- 10');
    expect(stretches('a 3-9', 10, 1)).toBe('a 10');
  });

  test('a function that called many others for most of the bucket is before one that ran longest at a stretch', () => {
    expect(stretches('i 0-3, a>b 3-5, a>c 5-8, a>d 8-10', 10, 1)).toBe('a>c 10');
  });

  test('a function that ran longer itself than what it called ends the stack', () => {
    expect(stretches('a 0-6, a>b 6-8, a>c 8-10', 10, 1)).toBe('a 10');
    expect(stretches('a 0-4, a>b 4-10', 10, 1)).toBe('a>b 10');
  });

  test('the stretches always add up to the span', () => {
    const steps = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 50 }),
        time: fc.integer({ min: 0, max: 90 }),
        path: fc.constantFrom('a', 'b', 'a>b', 'a>b>c', 'b>a'),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 100 }),
        (parts, buckets, rest) => {
          const paths = new Paths();
          const to = parts.reduce((sum, { gap, time }) => sum + gap + time, rest + 1);
          const dominant = new DominantStacks({ from: 0, to }, buckets, paths.stacks);
          let at = 0;
          for (const { gap, time, path } of parts) dominant.add(paths.of(path), at + gap, (at += gap + time));
          const { stack, duration } = dominant.finish();
          expect(duration.reduce((sum, each) => sum + each, 0)).toBeCloseTo(to, 6);
          expect(stack.length).toBeLessThanOrEqual(buckets);
          for (let index = 1; index < stack.length; index++) expect(stack[index]).not.toBe(stack[index - 1]);
        },
      ),
    );
  });
});
