import { expect, test } from 'vitest';
import { formatAge, formatElapsed, formatSpan } from '../../../src/format/age.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

test.each([
  ['2026-11-23T10:00:05Z', 'just now'],
  ['2026-11-23T09:59:01Z', 'just now'],
  ['2026-11-23T09:55:00Z', '5 min ago'],
  ['2026-11-23T07:00:00Z', '3 h ago'],
  ['2026-11-22T09:00:00Z', '1 day ago'],
  ['2026-11-20T10:00:00Z', '3 days ago'],
  ['2026-10-01T10:00:00Z', '2026-10-01'],
  ['yesterday', 'at an unknown time'],
])('%s is %s', (at, expected) => {
  expect(formatAge(at, NOW)).toBe(expected);
});

test.each([
  [-5, '0:00'],
  [7_900, '0:07'],
  [750_000, '12:30'],
  [3_723_000, '1:02:03'],
])('%d ms have elapsed: %s', (milliseconds, expected) => {
  expect(formatElapsed(milliseconds)).toBe(expected);
});

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [200_000_000, '2 d'],
  [-5, '0 s'],
])('a span of %i ms is %s', (span, expected) => {
  expect(formatSpan(span)).toBe(expected);
});
