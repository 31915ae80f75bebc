import { expect, test } from 'vitest';
import { analyseHeap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

/** `name count self retained`, as the file has them. */
function classesOf(text: string): string[] {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  const { classes, graph } = analyseHeap(reader.finish());
  return classes.classes.map(({ name, place, count, selfBytes, retainedBytes }) => {
    const at = place < 0 ? '' : `@${Object.values(graph.places.at(place)).join(':')}`;
    return `${name}${at} ${count} ${selfBytes} ${retainedBytes}`;
  });
}

test('what an object of a class retains of its own class counts once', () => {
  const picture = `
    root    -> [0] a, [1] d
    a Node 1 -> .next b
    b Node 2 -> .next c, .value v
    c Node 4
    v string:text 8
    d Node 16`;
  expect(classesOf(snapshotOf(picture))).toEqual(['(synthetic) 1 1 32', 'Node 4 23 31', '(string) 1 8 8']);
});

test('all sorts of strings are one class', () => {
  const picture = `
    root -> [0] a, [1] b, [2] c
    a string:x 1
    b sliced_string:y 2
    c concatenated_string:z 4`;
  expect(classesOf(snapshotOf(picture)).at(-1)).toBe('(string) 3 7 7');
});

test('closures of one function are one class, by its place; so are classes of one name in two places', () => {
  const picture = `
    root -> [0] a, [1] b, [2] c, [3] d, [4] e
    a closure:handler 1
    b closure:handler 2
    c closure:handler 4
    d Session 8
    e Session 16`;
  const places = [
    [1, 7, 9, 3],
    [2, 7, 9, 3],
    [3, 7, 20, 3],
    [4, 8, 0, 0],
    [5, 9, 0, 0],
  ];
  // Not in the order of the nodes: nobody promises it.
  const rows = places.reverse().flatMap(([node = 0, ...place]) => [6 * node, ...place]);
  const text = snapshotOf(picture).replace('"locations":[]', `"locations":[${rows.join()}]`);
  expect(classesOf(text).slice(1)).toEqual([
    'handler@7:10:4 2 3 3',
    'handler@7:21:4 1 4 4',
    'Session@8:1:1 1 8 8',
    'Session@9:1:1 1 16 16',
  ]);
});
