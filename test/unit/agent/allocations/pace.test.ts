import { describe, expect, test } from 'vitest';
import { AllocationPace } from '../../../../src/agent/allocations/pace.ts';

interface Look {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly turn: string;
}

/** The looks of so many seconds where each costs `cost` milliseconds, and what they cost of the time. */
function looks(seconds: number, cost: number): { looks: Look[]; share: number } {
  const pace = new AllocationPace(cost);
  const found: Look[] = [];
  let now = 0;
  for (let next = pace.milliseconds; now + next < 1000 * seconds; next = pace.milliseconds) {
    now += next;
    found.push({ at: now / 1000, turn: pace.turn });
    pace.looked(next, cost);
  }
  return { looks: found, share: (found.length * cost) / (1000 * seconds) };
}

const drawn = (found: readonly Look[]): string => found.map(({ at, turn }) => `${turn} ${at}`).join(', ');

describe('the pace of looking at allocations', () => {
  test('takes turns, and saves what is held after twice the time each', () => {
    expect(drawn(looks(16, 0.1).looks)).toBe(
      'allocated 0.5, live 1.5, live 2.5, allocated 3.5, live 4.5, live 5.5, live 7.5, allocated 9.5, live 10.5, live 11.5, live 13.5',
    );
  });

  test('has both within the first seconds where much is held', () => {
    const { looks: found } = looks(10, 150);
    expect(drawn(found)).toBe('allocated 3, live 6');
  });

  test.each([3, 50, 150, 1000])('costs less than 0.5 % of an hour when a look takes %i ms', cost => {
    const { looks: found, share } = looks(3600, cost);
    expect(share).toBeLessThan(0.005);
    expect(found.length).toBeGreaterThan(10);
  });

  test('ends every turn in the end: V8 keeps what it has sampled in memory', () => {
    const { looks: found } = looks(7200, 3);
    const turns = found.filter(({ turn }, index) => turn !== found[index + 1]?.turn);
    const lengths = turns.map(({ at }, index) => at - (turns[index - 1]?.at ?? 0));
    expect(Math.max(...lengths)).toBeLessThan(240.001);
    expect(turns.length).toBeGreaterThan(50);
  });
});
