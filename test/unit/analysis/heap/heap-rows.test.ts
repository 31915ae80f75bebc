import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biggestObjects } from '../../../../src/analysis/heap/biggest-objects.ts';
import type { HeapFiles } from '../../../../src/analysis/heap/heap-places.ts';
import { HeapRowPages } from '../../../../src/analysis/heap/heap-rows.ts';
import { largest } from '../../../../src/analysis/heap/largest.ts';
import type { HeapGroup, HeapOrder } from '../../../../src/contracts/heap-rows.ts';
import { drawnNodes } from '../../../draw/heap-snapshot.ts';
import { heapOf } from '../../../draw/analysed-heap.ts';

const PICTURE = `
  root            -> ^global g
  g Global 1      -> .cache m, .small s
  m Map 10        -> #table t
  t array:T 5     -> [0] a, [1] b, [2] c
  a Session 100   -> .big x
  b Session 200
  c Session 300   -> =on f
  x string:text 4000
  f closure:onEnd 30
  s Settings 50`;

const FILES: HeapFiles = new Map([[7, { file: '/app/src/sessions.ts', canOpen: true }]]);
const heap = heapOf(PICTURE, [
  ['a', 7, 11, 2],
  ['b', 7, 11, 2],
  ['c', 7, 11, 2],
  ['f', 7, 19, 4],
]);
const keys = drawnNodes(PICTURE).map(({ key }) => key);
const nodeOf = (key: string): number => keys.indexOf(key);
const all = { from: 0, count: 99 };

describe('the largest of many', () => {
  test('are those that sorting finds, the first of equal ones', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), fc.nat({ max: 70 }), (sizes, count) => {
        const sorted = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
        expect(largest(sizes.length, count, index => sizes[index]!)).toEqual(sorted.slice(0, count));
      }),
    );
  });

  test('objects: those that only hold another one are left out', () => {
    expect(biggestObjects(heap, 4).map(node => keys[node])).toEqual(['x', 'c', 'b', 's']);
  });
});

describe('rows of classes', () => {
  const pages = new HeapRowPages(heap, FILES);
  const classes = (change: Partial<Extract<HeapGroup, { kind: 'classes' }>> = {}): HeapGroup => ({
    ...{ kind: 'classes', order: 'retainedBytes', isAscending: false, filter: '' },
    ...change,
  });
  const names = (group: HeapGroup): string[] => pages.page(group, all).rows.map(({ name }) => name);

  test('have sums, and a place where V8 tells one; the roots, which retain everything, are none', () => {
    const { rows, total } = pages.page(classes(), { from: 2, count: 2 });
    expect(total).toBe(7);
    expect(rows).toMatchObject([
      { name: '(array)', count: 1, selfBytes: 0, retainedBytes: 4630 },
      {
        ...{ name: 'Session', count: 3, selfBytes: 600, retainedBytes: 4630, hasBelow: true },
        place: { file: '/app/src/sessions.ts', line: 12, column: 3, canOpen: true },
      },
    ]);
    expect(rows[0]).not.toHaveProperty('place');
  });

  test.each([
    ['count', false, ['Session', 'Global', 'Map']],
    ['selfBytes', true, ['(array)', 'Global', 'Map']],
    ['name', true, ['(array)', '(string)', 'Global']],
    ['name', false, ['onEnd()', 'Settings', 'Session']],
  ] as const)('are sorted by %s, ascending: %s', (order: HeapOrder, isAscending, first) => {
    expect(names(classes({ order, isAscending })).slice(0, 3)).toEqual(first);
  });

  test.each([
    ['SESS', ['Session', 'onEnd()']],
    [' onend ', ['onEnd()']],
    ['src/sessions', ['Session', 'onEnd()']],
    ['nothing of it', []],
  ])('with "%s" in their name or file', (filter, found) => {
    expect(names(classes({ filter }))).toEqual(found);
  });
});

describe('rows of objects', () => {
  const pages = new HeapRowPages(heap, FILES);
  const sessions = pages.page({ kind: 'classes', order: 'count', isAscending: false, filter: '' }, all)
    .rows[0]!.number;

  test('of a class, by what they retain or have themselves', () => {
    const ofClass = (order: 'selfBytes' | 'retainedBytes') =>
      pages.page({ kind: 'class', class: sessions, order }, { from: 1, count: 5 });
    const { rows, total } = ofClass('retainedBytes');
    expect(total).toBe(3);
    expect(
      rows.map(({ number, id, retainedBytes, hasBelow }) => [keys[number], id, retainedBytes, hasBelow]),
    ).toEqual([
      ['c', 13, 330, true],
      ['b', 11, 200, false],
    ]);
    expect(ofClass('selfBytes').rows.map(({ number }) => keys[number])).toEqual(['b', 'a']);
  });

  test('that one retains, without itself, with the name by which it holds them itself', () => {
    const below = (key: string): (string | undefined)[][] =>
      pages
        .page({ kind: 'dominated', node: nodeOf(key) }, all)
        .rows.map(({ number, heldAs, name }) => [keys[number], heldAs, name]);
    expect(below('root')).toEqual([['g', undefined, 'Global']]);
    expect(below('g')).toEqual([
      ['m', 'cache', 'Map'],
      ['s', 'small', 'Settings'],
    ]);
    expect(below('t')).toEqual([
      ['a', '[0]', 'Session'],
      ['c', '[2]', 'Session'],
      ['b', '[1]', 'Session'],
    ]);
    expect(below('a')).toEqual([['x', 'big', '"text"']]);
    expect(below('b')).toEqual([]);
  });

  test('beyond the end, and of what there is not, are none', () => {
    expect(pages.page({ kind: 'dominated', node: nodeOf('t') }, { from: 3, count: 9 })).toEqual({
      rows: [],
      total: 3,
    });
    expect(pages.page({ kind: 'dominated', node: 999 }, all)).toEqual({ rows: [], total: 0 });
    expect(pages.page({ kind: 'class', class: 999, order: 'selfBytes' }, all)).toEqual({
      rows: [],
      total: 0,
    });
  });

  test('page by page are the same as at once, in whatever order they are asked for', () => {
    const many = heapOf(
      [
        `root -> ${Array.from({ length: 60 }, (_, at) => `[${at}] n${at}`).join(', ')}`,
        ...Array.from({ length: 60 }, (_, at) => `n${at} Node ${(at * 37) % 50}`),
      ].join('\n'),
    );
    const group: HeapGroup = { kind: 'dominated', node: 0 };
    const whole = new HeapRowPages(many, FILES).page(group, all).rows;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 70 }), fc.nat({ max: 30 })), { maxLength: 8 }), asked => {
        const again = new HeapRowPages(many, FILES);
        for (const [from, count] of asked)
          expect(again.page(group, { from, count }).rows).toEqual(whole.slice(from, from + count));
      }),
      { numRuns: 50 },
    );
  });
});
