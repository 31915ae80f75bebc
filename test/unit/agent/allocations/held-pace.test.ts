import { expect, test } from 'vitest';
import { HeldPace } from '../../../../src/agent/allocations/held-pace.ts';

/** Seconds at which looks come that cost so many milliseconds each. */
function looks(seconds: number, cost: number): number[] {
  const pace = new HeldPace(cost);
  const found: number[] = [];
  let now = 0;
  for (let next = pace.milliseconds; now + next < 1000 * seconds; next = pace.milliseconds) {
    now += next;
    found.push(now / 1000);
    pace.looked(next, cost);
  }
  return found;
}

test('what is held is looked at every three seconds, then less and less often, at least once a minute', () => {
  const found = looks(3600, 3);
  expect(found.slice(0, 6)).toEqual([3, 6, 9, 12, 15, 18.75]);
  const gaps = found.slice(1).map((at, index) => at - found[index]!);
  expect(Math.max(...gaps)).toBe(60);
});

test('the last two thirds of the time have three looks or more, whenever that is', () => {
  const found = looks(3600, 3);
  const counts = found.slice(4).map(at => found.filter(each => each > at / 3 && each <= at).length);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
});

test.each([3, 50, 150, 1000])('looks that take %i ms cost less than 0.5 %% of any time', cost => {
  for (const [index, at] of looks(3600, cost).entries())
    expect(((index + 1) * cost) / (1000 * at)).toBeLessThanOrEqual(0.0051);
});
