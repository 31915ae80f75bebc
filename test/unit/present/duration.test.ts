import { describe, expect, test } from 'vitest';
import { durationOf, type TimedThread } from '../../../src/present/duration.ts';

const thread = (from: number, to: number, input = 0): TimedThread => ({ span: { from, to }, input });

describe('the duration of a document', () => {
  test('goes from the first to the last sample of all threads', () => {
    expect(durationOf([thread(0, 5), thread(5, 10), thread(10, 15)])).toBe(15);
    expect(durationOf([thread(100, 110), thread(102, 104), thread(120, 121)])).toBe(21);
  });

  test('leaves out what lies between inputs, and counts what they share once', () => {
    expect(durationOf([thread(0, 5, 0), thread(1e9, 1e9 + 7, 1)])).toBe(12);
    expect(durationOf([thread(0, 5, 1), thread(3, 8, 0)])).toBe(8);
    expect(durationOf([thread(0, 9, 1), thread(3, 8, 0), thread(20, 21, 2)])).toBe(10);
  });

  test('is not known of trees alone', () => {
    expect(durationOf([])).toBeUndefined();
    expect(durationOf([{}])).toBeUndefined();
    expect(durationOf([{}, thread(1, 3)])).toBe(2);
  });
});
