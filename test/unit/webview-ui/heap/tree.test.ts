import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeapGroup, HeapRow } from '../../../../src/contracts/heap-rows.ts';
import {
  actOf,
  EMPTY,
  folded,
  groupOf,
  linesOf,
  MOST_ROWS,
  nextCount,
  nextRow,
  withProblem,
  withRows,
  type Line,
  type Tree,
} from '../../../../webview-ui/heap/tree.ts';

const TOP: HeapGroup = { kind: 'classes', order: 'retainedBytes', isAscending: false, filter: '' };

const row = (kind: HeapRow['kind'], number: number, change: Partial<HeapRow> = {}): HeapRow => ({
  ...{ kind, number, name: `${kind} ${number}`, selfBytes: 1, retainedBytes: 2, hasBelow: true },
  ...change,
});
const classes = [row('class', 1), row('class', 2)];

/** `  class 1 +`: indented, with a sign where it can be unfolded or is. */
const drawn = (lines: readonly Line[]): string[] =>
  lines.map(line => {
    const indent = '  '.repeat(line.level - 1);
    if (line.kind === 'rest') return `${indent}… ${line.loaded} of ${line.total ?? '?'}`;
    return `${indent}${line.row.name}${line.isUnfolded ? ' -' : line.row.hasBelow ? ' +' : ''}`;
  });

/** Two classes, the first one unfolded with two of its 300 objects. */
function unfoldedTree(): Tree {
  const top = withRows(EMPTY, '', { rows: classes, total: 2 });
  const objects = [row('object', 7), row('object', 8, { hasBelow: false })];
  return withRows(folded(top, '/c1', true), '/c1', { rows: objects, total: 300 });
}

describe('the lines of a tree', () => {
  test('are rows, what is unfolded below them, and what is still to come', () => {
    expect(drawn(linesOf(EMPTY))).toEqual(['… 0 of ?']);
    expect(drawn(linesOf(unfoldedTree()))).toEqual([
      ...['class 1 -', '  object 7 +', '  object 8', '  … 2 of 300', 'class 2 +'],
    ]);
  });

  test('know their place among their siblings', () => {
    const [, first, second] = linesOf(unfoldedTree());
    expect(first).toMatchObject({ level: 2, position: 1, siblings: 300 });
    expect(second).toMatchObject({ level: 2, position: 2, siblings: 300 });
  });

  test('that are folded again keep what was loaded', () => {
    const again = folded(folded(unfoldedTree(), '/c1', false), '/c1', true);
    expect(linesOf(folded(unfoldedTree(), '/c1', false))).toHaveLength(2);
    expect(linesOf(again)).toHaveLength(5);
  });

  test('say why there are no more, until there are', () => {
    const failed = withProblem(unfoldedTree(), '/c1', 'gone');
    expect(linesOf(failed)[3]).toMatchObject({ kind: 'rest', problem: 'gone' });
    const better = withRows(failed, '/c1', { rows: [row('object', 9)], total: 300 });
    expect(linesOf(better)[4]).not.toHaveProperty('problem');
  });
});

describe('rows are asked for', () => {
  test('of the group that a branch stands for', () => {
    expect(groupOf(TOP, '')).toBe(TOP);
    expect(groupOf(TOP, '/c12')).toEqual({ kind: 'class', class: 12, order: 'retainedBytes' });
    expect(groupOf({ ...TOP, order: 'selfBytes' }, '/c12')).toMatchObject({ order: 'selfBytes' });
    expect(groupOf(TOP, '/c12/o345')).toEqual({ kind: 'dominated', node: 345 });
  });

  test('from the first that is not there, until all are', () => {
    expect(nextRow(EMPTY, '')).toBe(0);
    expect(nextRow(unfoldedTree(), '/c1')).toBe(2);
    expect(nextRow(unfoldedTree(), '')).toBeUndefined();
  });

  test('not beyond what anyone reads', () => {
    const rows = Array.from({ length: MOST_ROWS }, (_, at) => row('object', at));
    const tree = withRows(EMPTY, '', { rows, total: 5_000_000 });
    expect(nextRow(tree, '')).toBeUndefined();
  });

  test('no more where a group ends before it said so', () => {
    const tree = withRows(withRows(EMPTY, '', { rows: classes, total: 3 }), '', { rows: [], total: 3 });
    expect(nextRow(tree, '')).toBeUndefined();
    expect(linesOf(tree)).toHaveLength(2);
  });

  test('a hundred at a time, or what is left', () => {
    const rest = { kind: 'rest', path: '/rest', branch: '', level: 1 } as const;
    expect(nextCount({ ...rest, loaded: 100, total: 1000 })).toBe(100);
    expect(nextCount({ ...rest, loaded: 100, total: 130 })).toBe(30);
  });
});

describe('keys', () => {
  const lines = linesOf(unfoldedTree());
  const act = (at: number, key: string) => actOf(lines, at, key, 3);

  test('unfold and fold, and go to what is below and above', () => {
    expect(act(4, 'ArrowRight')).toEqual({ act: 'fold', path: '/c2', isUnfolded: true });
    expect(act(0, 'ArrowRight')).toEqual({ act: 'go', to: 1 });
    expect(act(0, 'ArrowLeft')).toEqual({ act: 'fold', path: '/c1', isUnfolded: false });
    expect(act(2, 'ArrowLeft')).toEqual({ act: 'go', to: 0 });
    expect(act(3, 'ArrowLeft')).toEqual({ act: 'go', to: 0 });
    expect(act(2, 'ArrowRight')).toBeUndefined();
    expect(act(4, 'ArrowLeft')).toBeUndefined();
    expect(act(0, ' ')).toEqual({ act: 'fold', path: '/c1', isUnfolded: false });
  });

  test('Enter opens the place of a row, else unfolds it, and brings more where there are', () => {
    const place = { file: '/a.js', line: 1, column: 1 };
    const placed = (canOpen: boolean) =>
      linesOf(withRows(EMPTY, '', { rows: [row('class', 1, { place: { ...place, canOpen } })], total: 1 }));
    expect(actOf(placed(true), 0, 'Enter', 3)).toMatchObject({ act: 'open', row: { number: 1 } });
    expect(actOf(placed(false), 0, 'Enter', 3)).toMatchObject({ act: 'fold', isUnfolded: true });
    expect(act(3, 'Enter')).toEqual({ act: 'more', branch: '/c1' });
  });

  test('never leave the lines, whatever is pressed', () => {
    const keys = [
      'ArrowUp',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'Home',
      'End',
      'ArrowLeft',
      'ArrowRight',
      'x',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 30 }), pressed => {
        let at = 0;
        for (const key of pressed) {
          const next = act(at, key);
          if (next?.act === 'go') at = next.to;
          expect(lines[at]).toBeDefined();
        }
      }),
    );
  });
});
