/** Damaged snapshots: a clear error or a heap that can be analysed, never anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { analyseHeap } from '../../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../../src/model/heap/reader.ts';
import { retainerPath } from '../../../../src/model/heap/retainer-path.ts';
import { snapshotOf, type SnapshotFormat } from '../../../draw/heap-snapshot.ts';

const PICTURE = `
  root                 -> [0] a, ^global b, [1] e
  a Session 100        -> .user b, =scope c, #table d, !3 c
  b closure:handler 64 -> ~self a, .next e
  c string:text 5000000000
  d array:elements 4   -> !1 c
  e Node 16            -> .next f
  f Node 16            -> .next e, #map d`;

const FORMATS: readonly SnapshotFormat[] = [{}, { hasTraceNodeId: true, hasLineEnds: true }];
const FILES = FORMATS.map(format => {
  const place = `"locations":[${2 * (format.hasTraceNodeId ? 7 : 6)},7,3,4]`;
  const text = snapshotOf(PICTURE, format).replace('"locations":[]', place);
  return new TextEncoder().encode(text.replace('"Session"', '"S\\u00e9\\"s"'));
});

/** What is read, in one line; undefined where it was refused with a reason. */
function outcome(bytes: Uint8Array, chunk: number): string | undefined {
  try {
    const reader = new HeapSnapshotReader();
    for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
    const heap = analyseHeap(reader.finish());
    const { graph, retained, classes } = heap;
    const names = classes.classes.map(({ name, count }) => `${name} ${count}`);
    const paths = graph.kinds
      .subarray(0, graph.nodeCount)
      .map((_, node) => retainerPath(heap, node).references.length);
    return [graph.nodeCount, graph.edgeCount, ...retained, ...names, ...paths].join();
  } catch (error) {
    if (error instanceof UserError && error.code.startsWith('heap-snapshot-')) return undefined;
    throw error;
  }
}

const file = fc.constantFrom(...FILES);
const chunk = fc.integer({ min: 1, max: 1500 });
const damage = fc.array(
  fc.record({
    at: fc.nat(),
    // What is most likely to be mistaken for something else comes most often.
    byte: fc.oneof(
      fc.nat({ max: 255 }),
      fc.constantFrom(...Array.from('0123456789,[]{}":\\ \n', text => text.charCodeAt(0))),
    ),
    how: fc.constantFrom('replace', 'insert', 'remove'),
  }),
  { minLength: 1, maxLength: 4 },
);

function damaged(
  bytes: Uint8Array,
  wounds: readonly { at: number; byte: number; how: string }[],
): Uint8Array {
  const result = [...bytes];
  for (const { at, byte, how } of wounds) {
    const place = at % result.length;
    if (how === 'replace') result[place] = byte;
    else result.splice(place, how === 'remove' ? 1 : 0, ...(how === 'insert' ? [byte] : []));
  }
  return Uint8Array.from(result);
}

describe('a snapshot of which bytes are wrong', () => {
  test('is read or refused, the same however it is cut', { timeout: 120_000 }, () => {
    let refused = 0;
    const runs = 10_000;
    fc.assert(
      fc.property(file, damage, chunk, (bytes, wounds, size) => {
        const broken = damaged(bytes, wounds);
        const whole = outcome(broken, Infinity);
        if (whole === undefined) refused++;
        expect(outcome(broken, size)).toBe(whole);
      }),
      { numRuns: runs },
    );
    expect(refused).toBeGreaterThan(runs / 3);
    expect(refused).toBeLessThan(runs);
  });

  test('is refused when it is cut off, wherever', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(file, fc.nat(), chunk, (bytes, at, size) => {
        expect(outcome(bytes.subarray(0, at % bytes.length), size)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test('is the same in chunks of any size', () => {
    for (const bytes of FILES) {
      const whole = outcome(bytes, Infinity);
      expect(whole).toBeDefined();
      for (let size = 1; size < 300; size++) expect(outcome(bytes, size)).toBe(whole);
    }
  });
});
