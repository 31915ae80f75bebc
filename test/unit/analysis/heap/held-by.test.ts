import { describe, expect, test } from 'vitest';
import { heldBy, type HeldBy } from '../../../../src/analysis/heap/held-by.ts';
import type { HeapFiles } from '../../../../src/analysis/heap/heap-places.ts';
import { heapDetail, heapSummary } from '../../../../src/analysis/heap/heap-summary.ts';
import { drawnNodes } from '../../../draw/heap-snapshot.ts';
import { heapOf, type DrawnPlace } from '../../../draw/analysed-heap.ts';

const FILES: HeapFiles = new Map([
  [7, { file: '/app/src/sessions.ts', canOpen: true }],
  [8, { file: 'node:timers', canOpen: false }],
]);

/** A file with a Map in it, and a timer of a function in that file. */
const PICTURE = `
  root                  -> ^global g, [1] r
  g global 10
  r synthetic:Handles 1 -> [0] f, [1] l
  f closure:add 20      -> #context c
  c Scope 40            -> =sessions m
  m Map 10              -> #table t
  t array:T 5           -> [0] s
  s Session 100         -> .user u
  u Object 50           -> .name n, .tags k
  n string:Ada 30
  k Array 20
  l Timeout 10          -> ._onTimeout h
  h closure: 20         -> #context d
  d Scope 40            -> .previous c, =order o
  o Order 70`;
const PLACES: readonly DrawnPlace[] = [
  ['f', 7, 3, 0],
  ['s', 7, 11, 2],
  ['h', 7, 19, 8],
];

const nodeIn = (picture: string, key: string): number =>
  drawnNodes(picture).findIndex(each => each.key === key);
const words = ({ holders }: HeldBy): string[] => holders.map(({ words }) => words);

describe('what holds an object', () => {
  const heap = heapOf(PICTURE, PLACES);
  const of = (key: string): HeldBy => heldBy(heap, FILES, nodeIn(PICTURE, key));

  test('is told from its module on, in the words of the source, without the stores between', () => {
    expect(words(of('n'))).toEqual([
      ...['module sessions.ts', 'Map sessions', 'Session', 'Object user', '"Ada" name'],
    ]);
  });

  test('has the places of functions, classes and files', () => {
    expect(of('s').holders.map(({ place }) => place?.line)).toEqual([4, undefined, 12]);
  });

  test('goes through functions and their scopes, up to what Node.js holds', () => {
    expect(words(of('o'))).toEqual([
      ...['Timeout', '(anonymous)() _onTimeout', 'function in sessions.ts', 'Order order'],
    ]);
  });

  test('is nothing for what only the roots hold, nor for the roots', () => {
    expect(words(of('g'))).toEqual(['global']);
    expect(words(of('root'))).toEqual([]);
  });

  test('of a long chain the middle is left out', () => {
    const links = 500;
    const chain = [
      'root -> [0] n0',
      ...Array.from({ length: links }, (_, at) => `n${at} Link 8 -> .next n${at + 1}`),
      `n${links} Link 8`,
    ].join('\n');
    const found = heldBy(heapOf(chain), FILES, links + 1);
    expect(found.holders.length + found.omitted).toBe(links + 1);
    expect(found.holders.length).toBeLessThanOrEqual(40);
    expect([found.holders[0]!.node, found.holders.at(-1)!.node]).toEqual([1, links + 1]);
  });
});

describe('one class or object', () => {
  const heap = heapOf(PICTURE, PLACES);

  test('a text has its content', () => {
    const { row, kind, text } = heapDetail(heap, FILES, { kind: 'object', number: nodeIn(PICTURE, 'n') });
    expect([row.name, kind, text]).toEqual(['"Ada"', 'string', 'Ada']);
  });

  test('of a class the largest one is told of', () => {
    const session = heap.classes.ofNodes[nodeIn(PICTURE, 's')]!;
    const detail = heapDetail(heap, FILES, { kind: 'class', number: session });
    expect(detail.row).toMatchObject({ kind: 'class', name: 'Session', count: 1, place: { line: 12 } });
    expect(detail.of).toMatchObject({ kind: 'object', name: 'Session', retainedBytes: 200 });
    expect(detail.heldBy.map(({ words }) => words)).toEqual([
      'module sessions.ts',
      'Map sessions',
      'Session',
    ]);
  });
});

describe('the summary of a heap', () => {
  test('names what retains most, and the module that holds it', () => {
    const summary = heapSummary(heapOf(PICTURE, PLACES), FILES, 'a.heapsnapshot');
    expect(summary).toMatchObject({ name: 'a.heapsnapshot', objectCount: 15, root: 0 });
    expect(summary.largest[0]).toMatchObject({ words: 'Session', holder: 'module sessions.ts' });
    expect(summary.largest.length).toBeLessThanOrEqual(3);
  });

  test('leaves out the global object, and small things of Node.js itself', () => {
    const picture = `
      root                   -> ^global g, [1] t
      g global 1             -> .big b
      b Big 900
      t closure:tick 1       -> #context c
      c Scope 1              -> =list l
      l List 90`;
    const largest = (placed: DrawnPlace): string[] =>
      heapSummary(heapOf(picture, [placed]), FILES, '').largest.map(({ words }) => words);
    expect(largest(['t', 8, 0, 0])).toEqual(['Big big']);
    expect(largest(['t', 7, 0, 0])).toEqual(['Big big', 'List list']);
  });

  test('names nothing where nothing stands out', () => {
    const flat = [
      `root -> ${Array.from({ length: 80 }, (_, at) => `[${at}] n${at}`).join(', ')}`,
      ...Array.from({ length: 80 }, (_, at) => `n${at} Node 10`),
    ].join('\n');
    expect(heapSummary(heapOf(flat), FILES, 'flat').largest).toEqual([]);
  });
});
