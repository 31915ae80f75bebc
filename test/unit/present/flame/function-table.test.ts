import { describe, expect, test } from 'vitest';
import type { FunctionTable } from '../../../../src/contracts/views/flame.ts';
import { functionTable } from '../../../../src/present/flame/function-table.ts';
import { stacksOf } from '../../../draw/stacks-of.ts';

/** One function per line: name, place, self, total, then who calls it. */
const drawTable = ({ rows }: FunctionTable): string =>
  rows
    .map(({ name, place, self, total, callers }) => {
      const calls = callers.map(({ name, weight }) => `${name} ${weight}`).join(', ');
      return `${name} ${place} ${self} ${total}${calls === '' ? '' : ` < ${calls}`}`;
    })
    .join('\n');

const tableOf = (text: string): FunctionTable => functionTable(stacksOf(text), file => `src/${file}`);

describe('the functions of a profile', () => {
  test('stand with self, total and their callers, over all threads', () => {
    const table = tableOf(`
      main
        tick app.js:6 5
          burn app.js:1 100
        boot app.js:9 2
          burn app.js:1 10
      worker
        burn app.js:1 1
    `);
    expect(drawTable(table)).toBe(
      [
        'burn src/app.js:1 111 111 < tick 100, boot 10',
        'tick src/app.js:6 5 105',
        'boot src/app.js:9 2 12',
      ].join('\n'),
    );
    expect(table).toMatchObject({ total: 118, functions: 3, unit: 'microseconds' });
  });

  test('a recursion counts once', () => {
    const table = tableOf(`
      main
        walk app.js:1 1
          visit app.js:5 2
            walk app.js:1 4
    `);
    expect(drawTable(table)).toBe('walk src/app.js:1 5 7\nvisit src/app.js:5 2 6 < walk 6');
  });

  test('what cannot be opened is said to be so', () => {
    const table = tableOf(`
      main
        mine app.js:1 3
        readSync node:fs:10 2
        (garbage collector) 1
    `);
    expect(table.rows.map(({ canOpen }) => canOpen)).toEqual([true, false, false]);
  });

  test('an empty profile has an empty table', () => {
    expect(tableOf('main\n  tick app.js:1 0')).toEqual({
      ...{ version: 1, unit: 'microseconds', total: 0, functions: 0, rows: [] },
    });
  });
});
