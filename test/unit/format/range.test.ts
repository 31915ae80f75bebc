import { expect, test } from 'vitest';
import { formatRange } from '../../../src/format/range.ts';

test.each([
  [2.1, 5, 10.2, '2.1 – 5.0 s of 10.2 s'],
  [0, 10.2, 10.2, '0 – 10 s of 10.2 s'],
  [612.3401, 612.9123, 1000, '612.34 – 612.91 s of 16.7 min'],
  [0.0101, 0.25, 3, '10 – 250 ms of 3.00 s'],
  [100, 400, 3600, '100 – 400 s of 60.0 min'],
  [20, 20, 10, '20.0 – 20.0 s of 10.0 s'],
])('a range from %s s to %s s of %s s', (from, to, of, text) => {
  const [startMicroseconds, endMicroseconds, ofMicroseconds] = [from * 1e6, to * 1e6, of * 1e6];
  expect(formatRange({ startMicroseconds, endMicroseconds, ofMicroseconds })).toBe(text);
});
