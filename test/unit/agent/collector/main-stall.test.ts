import { expect, test } from 'vitest';
import { mainStall, stallHere } from '../../../../src/agent/collector/main-stall.ts';

const MILLISECOND = 1000;

/** In milliseconds: what the thread says it stood still, and its time on a processor before and after. */
const stall = async (onClock: number, before: number | undefined, after: number | undefined) => {
  const looks = [before, after];
  const told = await mainStall(
    async () => onClock * MILLISECOND,
    () => {
      const look = looks.shift();
      return look === undefined ? undefined : look * MILLISECOND;
    },
  );
  return told.onProcessor / MILLISECOND;
};

test('a stall costs no more than the thread had a processor for, give or take a tick of the kernel', async () => {
  expect(await stall(1200, 500, 530)).toBe(40);
  expect(await stall(3, 500, 500)).toBe(3);
  expect(await stall(120, 500, 800)).toBe(120);
});

test('where the system does not tell, it costs all of its time', async () => {
  expect(await stall(1200, undefined, undefined)).toBe(1200);
});

test('a thread that measures itself leaves out how long it had no processor', () => {
  const here = (onClock: number, ...waiting: readonly (number | undefined)[]) => {
    const [looks, times] = [[...waiting], [7, 7 + onClock]];
    return stallHere(
      () => undefined,
      () => looks.shift(),
      () => times.shift()!,
    );
  };
  expect(here(470, 100, 560)).toEqual({ onClock: 470, onProcessor: 10 });
  expect(here(470, 100, 700)).toEqual({ onClock: 470, onProcessor: 0 });
  expect(here(470, undefined, undefined)).toEqual({ onClock: 470, onProcessor: 470 });
});
