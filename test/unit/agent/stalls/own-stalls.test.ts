import { expect, test } from 'vitest';
import { OwnStalls } from '../../../../src/agent/stalls/own-stalls.ts';

function world() {
  const state = { at: 0, used: 0, follows: true };
  const told: string[] = [];
  const stalls = new OwnStalls({
    ...{
      thresholdMicroseconds: 100_000,
      now: () => state.at,
      onProcessor: () => state.used,
      takeId: () => 7,
    },
    areOperationsFollowed: () => state.follows,
    sink: ({ id, startMicroseconds, durationMicroseconds }) =>
      told.push(`${id}: ${startMicroseconds / 1000}+${durationMicroseconds / 1000}`),
  });
  /** The next look comes so much later, and the thread had the processor for so long. */
  const passes = (milliseconds: number, used: number): void => {
    state.at += milliseconds * 1000;
    state.used += used * 1000;
    stalls.look();
  };
  return { state, told, passes };
}

test('a worker that has computed for long tells of it', () => {
  const { told, passes } = world();
  passes(1000, 5);
  passes(50, 1);
  passes(50 + 300, 290);
  passes(50, 1);
  expect(told).toEqual(['7: 1100+300']);
});

test('one that sleeps, or has no processor, is not blocked by what it does', () => {
  const { told, passes } = world();
  passes(50, 1);
  passes(5000, 20);
  expect(told).toEqual([]);
});

test('one that follows no operation keeps nobody waiting', () => {
  const { state, told, passes } = world();
  state.follows = false;
  passes(50, 1);
  passes(500, 500);
  state.follows = true;
  passes(500, 500);
  passes(500, 500);
  expect(told).toEqual(['7: 1100+450']);
});

test('of very many only some are told', () => {
  const { told, passes } = world();
  for (let index = 0; index < 100; index++) passes(400, 400);
  expect(told).toHaveLength(30);
});
