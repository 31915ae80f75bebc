import { expect, test } from 'vitest';
import { judge } from '../../../../src/analysis/heap/rule.ts';

const numbers = (text: string): number[] => text.trim().split(/\s+/).map(Number);

/** `born | held at each snapshot | older, operations | verdict`. */
function judged(row: string): string {
  const [born = '', held = '', older = '', operations = ''] = row.split('|');
  const { verdict, because } = judge({
    born: numbers(born),
    held: numbers(held),
    older: Number(older),
    ...(operations.trim() === '' ? {} : { operations: numbers(operations) }),
    isBounded: false,
  });
  return `${verdict} ${because}`;
}

test.each([
  // born        | held                | older | operations | verdict
  ['200 200 200  | 200 400 600 800     | 200   |', 'leak every-epoch'],
  ['200 200 200  | 400 800 1200 1600   | 200   |', 'leak every-epoch'],
  ['6 6 6        | 6 12 18 24          | 0     |', 'leak every-epoch'],
  ['100 300 200  | 0 100 400 600       | 0     | 100 300 200', 'leak every-epoch'],
  ['200 200      | 200 400 600         | 200   |', 'leak every-epoch'],
  ['200 200      | 10 210 410          | 0     |', 'growing few-epochs'],
  ['200          | 200 400             | 200   |', 'growing few-epochs'],
  ['57 29 13     | 133 190 219 232     | 60    |', 'growing slowing'],
  ['2000 1900 1810 | 0 2000 3900 5710  | 0     |', 'growing slowing'],
  ['3 3 4        | 0 3 6 10            | 0     |', 'growing few'],
  ['200 0 200    | 0 200 200 400       | 0     |', 'growing uneven'],
  ['100 300 200  | 0 100 400 600       | 0     |', 'growing uneven'],
  ['60 100 100   | 0 100 200 300       | 0     |', 'growing partly-freed'],
  ['0 0 120      | 240 240 240 240     | 0     |', 'cleared replaced'],
  ['0 0 23       | 31 61 17 47         | 0     |', 'cleared replaced'],
  ['22 10 0      | 319 363 373 373     | 0     |', 'cleared stopped'],
])('%s: %s', (row, verdict) => {
  expect(judged(row)).toBe(verdict);
});

test('what has a limit that is not reached is not called a leak', () => {
  const counted = { born: [9, 9, 9], held: [9, 18, 27, 36], older: 9, isBounded: true };
  expect(judge(counted)).toEqual({ verdict: 'growing', because: 'bounded' });
});
