import { describe, expect, test } from 'vitest';
import { bytes, microseconds } from '../../../src/contracts/units.ts';
import { formatBytes, formatCount, formatShare, formatTime } from '../../../src/format/numbers.ts';
import { plainJson, plainText } from '../../../src/format/untrusted.ts';

describe('numbers in words', () => {
  test.each([
    [0, '0.00 ms'],
    [33, '33.0 µs'],
    [1500, '1.50 ms'],
    [412_000, '412 ms'],
    [999_900, '1,000 ms'],
    [1_240_000, '1.24 s'],
    [90_000_000, '90.0 s'],
    [720_000_000, '12.0 min'],
    [-1500, '-1.50 ms'],
  ])('%d µs is %s', (time, expected) => {
    expect(formatTime(microseconds(time))).toBe(expected);
  });

  test.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.032, '3.2 %'],
    [0.381, '38 %'],
    [1, '100 %'],
    [Number.NaN, '–'],
  ])('a share of %d is %s', (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });

  test('sizes have decimal units', () => {
    expect(formatBytes(bytes(512))).toBe('512 B');
    expect(formatBytes(bytes(4_800_000))).toBe('4.80 MB');
  });

  test('counts are grouped', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
  });
});

describe('text from programs and profiles', () => {
  test('cannot steer a terminal', () => {
    expect(plainText('\u001B]0;owned\u0007\u001B[31mred')).toBe(String.raw`\x1b]0;owned\x07\x1b[31mred`);
  });

  test('cannot break a line or hide its direction', () => {
    expect(plainText('a\nb\u202Ec\u2028d')).toBe(String.raw`a\x0ab\u202ec\u2028d`);
  });

  test('of normal names stays as it is, in any script', () => {
    expect(plainText('#größe_日本 $ <T>')).toBe('#größe_日本 $ <T>');
  });

  test('is cut in the middle when it is very long', () => {
    const cut = plainText(`start${'x'.repeat(10_000)}end`, 21);
    expect(cut).toBe('startxxxxx…xxxxxxxend');
  });
});

describe('JSON for a terminal', () => {
  test('is the same value, and holds no sign that acts on a terminal', () => {
    const value = { 'k\u009b': 'a\u007f\u0085\u202e\u2066\u2028\ufeff', plain: 'größe 日本 "\\"', n: 1 };
    const json = plainJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).toContain(String.raw`a\u007f\u0085\u202e\u2066\u2028\ufeff`);
    expect(json).toContain('größe 日本');
  });
});
