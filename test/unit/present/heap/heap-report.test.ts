import { expect, test } from 'vitest';
import { analyseHeap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { heapDocument } from '../../../../src/present/heap/heap-document.ts';
import { heapReport } from '../../../../src/present/heap/heap-report.ts';
import { Places } from '../../../../src/present/places.ts';
import { snapshotOf } from '../../../draw/heap-snapshot.ts';

function reportOf(text: string): string {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  const heap = analyseHeap(reader.finish());
  const files = new Map([[7, 'file:///app/src/sessions.ts']]);
  return heapReport(heapDocument(heap, files, 'a.heapsnapshot'), new Places('/app'));
}

const PICTURE = `
  root             -> ^1 g
  g global 1000    -> .sessions m
  m Map 2000       -> #table t
  t array:table 1  -> [0] s, [1] u
  s Session 300000 -> =user u
  u User 700000`;

test('says what is held, where it is made, and by what it is held', () => {
  const text = snapshotOf(PICTURE).replace('"locations":[]', `"locations":[${[6 * 4, 7, 11, 2].join()}]`);
  expect(reportOf(text).split('\n')).toEqual([
    'a.heapsnapshot: 1.00 MB in 6 objects',
    '',
    'Classes by what they retain',
    '           objects     self  retained',
    '  global         1  1.00 KB   1.00 MB  100 %',
    '  Map            1  2.00 KB   1.00 MB  100 %',
    '  (array)        1      0 B   1.00 MB  100 %',
    '  User           1   700 KB    700 KB   70 %',
    '  Session        1   300 KB    300 KB   30 %  src/sessions.ts:12',
    '',
    'Objects that retain most, and what holds them',
    '  ○ Map @5 retains 1.00 MB, 100 %',
    '    global → .sessions Map',
    '  ○ User @11 retains 700 KB, 70 %',
    '    global → .sessions Map → [1] User',
    '  ○ Session @9 retains 300 KB, 30 %  src/sessions.ts:12',
    '    global → .sessions Map → [0] Session',
    '',
  ]);
});

test('names from the program do nothing to a terminal', () => {
  expect(reportOf(snapshotOf(PICTURE).replace('"User"', '"\\u001b[31mUser"'))).toContain('\\x1b[31mUser');
});
