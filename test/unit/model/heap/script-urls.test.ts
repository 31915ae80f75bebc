import { expect, test } from 'vitest';
import { analyseHeap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { scriptUrls } from '../../../../src/model/heap/script-urls.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

test('the file of a place is that of a closure of the same script', () => {
  const picture = `
    root -> [0] a, [1] b
    a closure:handler -> #shared s
    s code:info -> #script x
    x code:script -> #name n
    n string:/app/sessions.ts
    b closure:native -> #shared s`;
  const places = [
    [1, 7, 9, 3],
    [5, 8, 0, 0],
    [3, 9, 0, 0],
  ].flatMap(([node = 0, ...place]) => [6 * node, ...place]);
  const text = snapshotOf(picture).replace('"locations":[]', `"locations":[${places.join()}]`);
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  expect([...scriptUrls(analyseHeap(reader.finish()))]).toEqual([
    [7, '/app/sessions.ts'],
    [8, '/app/sessions.ts'],
  ]);
});
