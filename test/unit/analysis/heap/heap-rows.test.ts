import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { biggestObjects } from '../../../../src/analysis/heap/biggest-objects.ts';
import { classPage, dominatedPage, objectPage } from '../../../../src/analysis/heap/heap-rows.ts';
import { largest } from '../../../../src/analysis/heap/largest.ts';
import { analyseHeap, type Heap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { drawnNodes, snapshotOf } from '../../../draw/heap-snapshot.ts';

function heapOf(picture: string): Heap {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(snapshotOf(picture)));
  return analyseHeap(reader.finish());
}

const PICTURE = `
  root            -> ^global g
  g Global 1      -> .cache m, .small s
  m Map 10        -> #table t
  t array:T 5     -> [0] a, [1] b, [2] c
  a Session 100   -> .big x
  b Session 200
  c Session 300
  x string:text 4000
  s Settings 50`;

const keys = drawnNodes(PICTURE).map(({ key }) => key);
const nodeOf = (key: string): number => keys.indexOf(key);

describe('the largest of many', () => {
  test('are those that sorting finds, the first of equal ones', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), fc.nat({ max: 70 }), (sizes, count) => {
        const sorted = [...sizes.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b);
        expect(largest(sizes.length, count, index => sizes[index]!)).toEqual(sorted.slice(0, count));
      }),
    );
  });
});

describe('pages of a heap', () => {
  const heap = heapOf(PICTURE);

  test('classes, by what they retain', () => {
    const { rows, total } = classPage(heap, new Map(), { order: 'retainedBytes', from: 3, count: 2 });
    expect(total).toBe(7);
    expect(rows.map(({ name, count, retainedBytes }) => `${name} ${count} ${retainedBytes}`)).toEqual([
      '(array) 1 4600',
      'Session 3 4600',
    ]);
  });

  test('objects of a class, by what they retain', () => {
    const all = classPage(heap, new Map(), { order: 'count', from: 0, count: 1 });
    const { rows, total } = objectPage(heap, { class: all.rows[0]!.class, from: 1, count: 5 });
    expect([all.rows[0]!.name, total]).toEqual(['Session', 3]);
    expect(rows.map(({ node, retainedBytes, distance }) => [keys[node], retainedBytes, distance])).toEqual([
      ['c', 300, 4],
      ['b', 200, 4],
    ]);
  });

  test('what an object dominates, without itself', () => {
    const below = (key: string): string[] =>
      dominatedPage(heap, { node: nodeOf(key), from: 0, count: 9 }).rows.map(({ node }) => keys[node]!);
    expect(below('root')).toEqual(['g']);
    expect(below('t')).toEqual(['a', 'c', 'b']);
    expect(below('b')).toEqual([]);
  });

  test('pages beyond the end are empty', () => {
    expect(dominatedPage(heap, { node: nodeOf('t'), from: 3, count: 9 })).toEqual({ rows: [], total: 3 });
    expect(dominatedPage(heap, { node: 999, from: 0, count: 9 })).toEqual({ rows: [], total: 0 });
    expect(objectPage(heap, { class: 999, from: 0, count: 9 })).toEqual({ rows: [], total: 0 });
  });

  test('of the largest objects those that only hold another one are left out', () => {
    expect(biggestObjects(heap, 4).map(node => keys[node])).toEqual(['x', 'c', 'b', 's']);
  });
});
