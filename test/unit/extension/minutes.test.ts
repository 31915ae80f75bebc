import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Minutes } from '../../../src/extension/minutes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('tells once a minute while it is on, and never after it was disposed', () => {
  let told = 0;
  const minutes = new Minutes(() => told++);
  vi.advanceTimersByTime(200_000);
  expect(told).toBe(0);
  minutes.isOn = true;
  vi.advanceTimersByTime(30_000);
  // The minute begins anew, and there is one timer.
  minutes.isOn = true;
  vi.advanceTimersByTime(59_999);
  expect(told).toBe(0);
  vi.advanceTimersByTime(60_001);
  expect(told).toBe(2);
  minutes.dispose();
  vi.advanceTimersByTime(200_000);
  expect(told).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});
