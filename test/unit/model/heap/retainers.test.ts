import { expect, test } from 'vitest';
import { analyseHeap, type Heap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { LONGEST_PATH, retainerPath } from '../../../../src/model/heap/retainer-path.ts';
import { drawnNodes, snapshotOf } from '../../../draw/heap-snapshot.ts';
import { snapshotFrom } from './plain-graph.ts';

function heapOf(text: string): Heap {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  return analyseHeap(reader.finish());
}

/** `root [0] a .user b` */
function pathIn(picture: string, to: string): string {
  const keys = drawnNodes(picture).map(({ key }) => key);
  const { references } = retainerPath(heapOf(snapshotOf(picture)), keys.indexOf(to));
  return references.reduce(
    (path, { kind, name, index, to }) => `${path} ${kind}:${name ?? index} ${keys[to]}`,
    'root',
  );
}

test('the path is the shortest one, and says what each reference is called', () => {
  const picture = `
    root     -> [0] a
    a A      -> .long b, =short d
    b B      -> .more c
    c C      -> .last d
    d D      -> [7] e
    e E`;
  expect(pathIn(picture, 'e')).toBe('root element:0 a context:short d element:7 e');
});

test('of several references between two objects the one that tells most is named', () => {
  const picture = `
    root -> [0] a
    a A  -> #internal b, [3] b, .name b
    b B`;
  expect(pathIn(picture, 'b')).toBe('root element:0 a property:name b');
});

test('globals of the program come before other ways to hold something', () => {
  const picture = `
    root     -> [1] handles, ^global g
    handles  -> [0] x
    g Global -> .cache m
    m Map    -> #table x
    x X`;
  expect(pathIn(picture, 'x')).toBe('root shortcut:global g property:cache m internal:table x');
});

test('a hidden class is no way to be held while there is another one', () => {
  const picture = `
    root   -> [0] a
    a A    -> #map s, .b b
    s Shape -> #prototype p
    b B    -> .c c
    c C    -> .p p
    p P`;
  expect(pathIn(picture, 'p')).toBe('root element:0 a property:b b property:c c property:p p');
});

test('of a very long path the middle is left out', () => {
  const length = 5000;
  const heap = heapOf(
    snapshotFrom(Array.from({ length }, (_, node) => (node + 1 < length ? [node + 1] : []))),
  );
  const { references, omitted } = retainerPath(heap, length - 1);
  expect(references).toHaveLength(LONGEST_PATH);
  expect(omitted).toBe(length - 1 - LONGEST_PATH);
  expect([references[0]!.from, references.at(-1)!.to]).toEqual([0, length - 1]);
});
