import { expect, test, vi } from 'vitest';
import { watch } from '../../../../src/collect/attach/watch.ts';

test('a watch that ends while it looks does not look again, nor keep its process alive', async () => {
  vi.useFakeTimers();
  try {
    let answer: (isThere: boolean) => void = () => undefined;
    const isThere = vi.fn(() => new Promise<boolean>(resolve => (answer = resolve)));
    const { gone, end } = watch(isThere);
    end();
    answer(true);
    await gone;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(isThere).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});

test('a watch notices that its target is gone', async () => {
  const answers = [true, false];
  await watch(() => Promise.resolve(answers.shift() ?? false)).gone;
  expect(answers).toEqual([]);
});
