import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseHeap, type Heap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { distanceOf } from '../../../../src/model/heap/retainer-path.ts';
import { drawDominators, snapshotOf } from '../../../draw/heap-snapshot.ts';
import { slowDominators, slowRetained } from './slow-dominators.ts';
import { listSnapshot, snapshotFrom } from './plain-graph.ts';

const read = (text: string): Heap => {
  const reader = new HeapSnapshotReader();
  reader.push(new TextEncoder().encode(text));
  return analyseHeap(reader.finish());
};

const dominatorsIn = (picture: string): string[] => drawDominators(read(snapshotOf(picture)), picture);

describe('dominators and retained sizes', () => {
  test('what only one object reaches is its own', () => {
    const picture = `
      root         -> [0] a
      a Session 10 -> .user b, .log c
      b User 5     -> .name d
      c Log 7
      d Name 3`;
    expect(dominatorsIn(picture)).toEqual(['a < root 25', 'b < a 8', 'c < a 7', 'd < b 3']);
  });

  test('what two objects share belongs to who has both', () => {
    const picture = `
      root    -> [0] a
      a A 1   -> .x b, .y c
      b B 10  -> .shared d
      c C 20  -> .shared d
      d D 100`;
    expect(dominatorsIn(picture)).toEqual(['a < root 131', 'b < a 10', 'c < a 20', 'd < a 100']);
  });

  test('a way back to an owner changes nothing', () => {
    const picture = `
      root   -> [0] a, [1] e
      a A 1  -> .b b
      b B 2  -> .c c
      c C 4  -> .a a, .b b, .e e
      e E 8`;
    expect(dominatorsIn(picture)).toEqual(['a < root 7', 'b < a 6', 'c < b 4', 'e < root 8']);
  });

  test('weak references, references to itself and inner shortcuts hold nothing', () => {
    const picture = `
      root   -> [0] a, [1] b
      a A 1  -> ~w c, .self a, ^s d
      b B 2  -> .c c, .d d
      c C 4
      d D 8`;
    expect(dominatorsIn(picture)).toEqual(['a < root 1', 'b < root 14', 'c < b 4', 'd < b 8']);
  });

  test('what a debugger holds beside the program does not hold it', () => {
    const picture = `
      root       -> ^global g, [1] debugger
      g Global 1 -> .a a
      a A 2      -> .b b
      b B 4
      debugger D 8 -> .b b, .own o
      o O 16`;
    expect(dominatorsIn(picture)).toEqual([
      'g < root 7',
      'a < g 6',
      'b < a 4',
      'debugger < root 24',
      'o < debugger 16',
    ]);
  });

  test('the value of a WeakMap is held by its key, not by its table', () => {
    const pair = '12_/_part_of_key';
    const picture = `
      root     -> [0] key, [1] map
      key K 1  -> #${pair} value
      map WeakMap 2 -> #table table
      table array:Table 4 -> #${pair} value
      value V 8`;
    const name = '12 / part of key (K @3) -> value (V @9) pair in WeakMap (table @7)';
    const heap = read(snapshotOf(picture).replaceAll(pair, name));
    expect(drawDominators(heap, picture)[3]).toBe('value < key 8');
  });

  test('the bytes of backing stores belong to their object, unless it shares them', () => {
    const picture = `
      root        -> ^global g
      g Global 1  -> .map m, .a a, .b b
      m Map 10    -> #table t
      t array:T 100 -> !1 h
      h hidden:H 1000
      a A 20      -> #elements s
      b B 30      -> #elements s
      s array:S 5`;
    const heap = read(snapshotOf(picture));
    expect([...heap.graph.selfSizes.subarray(0, 8)]).toEqual([1, 1, 1110, 0, 0, 20, 30, 5]);
  });

  test('orphans hang at the root, with what they hold', () => {
    const picture = `
      root    -> [0] a
      a A 1   -> ~w o
      o O 2   -> .p p
      p P 4
      x X 8   -> .y y
      y Y 16  -> .x x`;
    expect(dominatorsIn(picture)).toEqual([
      'a < root 1',
      'o < root 6',
      'p < o 4',
      'x < root 8',
      'y < root 16',
    ]);
    expect(read(snapshotOf(picture)).orphans).toBe(4);
  });

  test('sizes over 4 GiB add up', () => {
    const picture = `
      root              -> [0] a
      a A 5000000000    -> .b b
      b B 6000000000000 -> .c c
      c C 7`;
    expect(dominatorsIn(picture)).toEqual(['a < root 6005000000007', 'b < a 6000000000007', 'c < b 7']);
  });

  test('a list of a million links', { timeout: 60_000 }, () => {
    const length = 1_000_000;
    const heap = read(listSnapshot(length));
    expect(heap.retained[0]).toBe(length);
    expect(heap.retained[heap.numbers[length - 1]!]).toBe(1);
    expect(distanceOf(heap, length - 1)).toBe(length - 1);
  });

  test('a clique of 700', () => {
    const nodes = Array.from({ length: 700 }, (_, node) => node);
    const heap = read(snapshotFrom(nodes.map(node => nodes.filter(other => other !== node))));
    expect(heap.dominators.every(dominator => dominator === 0)).toBe(true);
  });

  test('are those of the definition, on any graph', { timeout: 60_000 }, () => {
    const graphs = fc
      .integer({ min: 1, max: 16 })
      .chain(size =>
        fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }),
      );
    fc.assert(
      fc.property(graphs, graph => {
        const heap = read(snapshotFrom(graph));
        const dominators = graph.map((_, node) => heap.order[heap.dominators[heap.numbers[node]!]!]!);
        const expected = slowDominators(graph);
        expect(dominators).toEqual(expected);
        expect(graph.map((_, node) => heap.retained[heap.numbers[node]!])).toEqual(slowRetained(expected));
      }),
      { numRuns: 300 },
    );
  });
});
