import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import type { HeapProfile } from '../../../../src/model/heap-profile/heap-profile.ts';
import { HeapProfileReader, readHeapProfile } from '../../../../src/model/heap-profile/reader.ts';
import type { RawHeapNode, RawHeapProfile } from '../../../draw/heap-profile.ts';

const position = fc.integer({ min: -1, max: 5000 });
const callFrame = fc.record({
  functionName: fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('a', '(root)', '}')),
  scriptId: fc.oneof(fc.nat(99).map(String), fc.nat(99)),
  url: fc.oneof(fc.constantFrom('', 'node:fs', 'file:///a.js'), fc.string({ maxLength: 20 })),
  lineNumber: position,
  columnNumber: position,
});

const drawn: fc.Arbitrary<RawHeapProfile> = fc
  .array(fc.record({ callFrame, selfSize: fc.nat(), above: fc.nat() }), { minLength: 1, maxLength: 14 })
  .chain(nodes =>
    fc.record({
      nodes: fc.constant(nodes),
      samples: fc.array(
        fc.record({ size: fc.nat(), nodeId: fc.nat(nodes.length - 1), ordinal: fc.integer({ min: 1 }) }),
        { maxLength: 20 },
      ),
      samplesFirst: fc.boolean(),
    }),
  )
  .map(({ nodes, samples, samplesFirst }) => {
    const raw = nodes.map(({ callFrame: frame, selfSize }, id): RawHeapNode => ({
      ...{ callFrame: frame, selfSize, id },
      children: [],
    }));
    for (const [index, { above }] of nodes.entries())
      if (index > 0) raw[above % index]!.children.push(raw[index]!);
    return samplesFirst ? { samples, head: raw[0]! } : { head: raw[0]!, samples };
  });

const toText = (value: unknown, space?: string): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value, undefined, space));

/** Every node as `path bytes ×samples`, read the slow and simple way. */
function expectedFacts({ head, samples = [] }: RawHeapProfile): string[] {
  const visit = ({ callFrame: frame, selfSize, id, children }: RawHeapNode, path: string): string[] => {
    const { functionName, scriptId, url, lineNumber, columnNumber } = frame;
    const own =
      path === ''
        ? '/'
        : `${path}${JSON.stringify([functionName, String(scriptId), url, lineNumber + 1, columnNumber + 1])}/`;
    const count = samples.filter(({ nodeId }) => nodeId === id).length;
    return [`${own} ${selfSize} ×${count}`, ...children.flatMap(child => visit(child, own))];
  };
  return visit(head, '').sort();
}

function facts({ tree }: HeapProfile): string[] {
  const path = (node: number): string => {
    if (node === 0) return '/';
    const { functionName, scriptId, url, line, column } = tree.frames[tree.frame[node]!]!;
    return `${path(tree.parent[node]!)}${JSON.stringify([functionName, scriptId, url, line, column])}/`;
  };
  return Array.from(
    tree.parent,
    (_, node) => `${path(node)} ${tree.self[node]} ×${tree.samples[node]}`,
  ).sort();
}

function readInChunks(bytes: Uint8Array, sizes: readonly number[]): HeapProfile {
  const reader = new HeapProfileReader();
  for (let at = 0, chunk = 0; at < bytes.length; chunk++) {
    const size = sizes[chunk % sizes.length]!;
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return reader.finish();
}

/** What holds for every profile that the reader gives, whatever the file was. */
function checkSound({ tree }: HeapProfile): void {
  expect(tree.parent[0]).toBe(-1);
  for (let node = 1; node < tree.nodeCount; node++)
    expect(tree.parent[node]! >= 0 && tree.parent[node]! < node).toBe(true);
  for (const index of tree.frame) expect(tree.frames[index]).toBeDefined();
  for (const self of tree.self) expect(Number.isFinite(self) && self >= 0).toBe(true);
  expect([tree.self.length, tree.samples.length, tree.frame.length]).toEqual([
    tree.nodeCount,
    tree.nodeCount,
    tree.nodeCount,
  ]);
}

/** The profile, or what the user is told. Any other error is a defect and passes. */
function outcome(read: () => HeapProfile): HeapProfile | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe('the heap profile reader', () => {
  test('finds in any sound profile what the slow and simple way finds', () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom('', '\t', '  '), (profile, space) => {
        const found = readHeapProfile(toText(profile, space));
        expect(facts(found)).toEqual(expectedFacts(profile));
        expect(found.problems).toEqual([]);
        checkSound(found);
      }),
    );
  });

  test('does not care where the bytes are cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(drawn, sizes, (profile, cuts) => {
        const bytes = toText(profile);
        expect(readInChunks(bytes, cuts)).toEqual(readHeapProfile(bytes));
      }),
    );
  });

  test('reads damaged bytes as a sound profile or not at all, however they are cut', () => {
    const damage = fc.record({
      at: fc.nat(),
      length: fc.nat(6),
      inserted: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('9999999999', '-', '"', '}', ']', '{', '[', '\0', '1e999', 'null'),
      ),
    });
    fc.assert(
      fc.property(
        drawn,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 400 }),
        (profile, damages, size) => {
          const bytes = damages.reduce((before, { at, length, inserted }) => {
            const start = at % (before.length + 1);
            const middle = new TextEncoder().encode(inserted);
            return Uint8Array.from([
              ...before.subarray(0, start),
              ...middle,
              ...before.subarray(start + length),
            ]);
          }, toText(profile));
          const whole = outcome(() => readHeapProfile(bytes));
          expect(outcome(() => readInChunks(bytes, [size]))).toEqual(whole);
          if (typeof whole !== 'string') checkSound(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('reads the beginning of a profile as a sound profile or not at all, and says that it is cut off', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (profile, end) => {
        const bytes = toText(profile);
        const found = outcome(() => readHeapProfile(bytes.subarray(0, end % bytes.length)));
        if (typeof found === 'string') return;
        checkSound(found);
        expect(found.problems).toContain('truncated');
      }),
    );
  });
});
