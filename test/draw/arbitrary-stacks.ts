/** Weighted stacks of any shape, for property tests; and what they add up to by function. */
import * as fc from 'fast-check';
import type {
  StackFunction,
  StackProfile,
  StackTrack,
  StackUnit,
} from '../../src/model/stacks/stack-profile.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('a;b', 'line\nbreak', '</script>', 'ünï', '"quoted"', 'with space 12', '\\', '(anonymous)'),
);

const ownFunction: fc.Arbitrary<StackFunction> = fc.record({
  // A name of nothing is written as nothing; it comes back under the name of the nameless.
  name: text.filter(name => name !== ''),
  file: fc.oneof(
    fc.constantFrom('/home/ann/shop/a.js', '/x/ü b%20#?.ts', 'node:fs', 'src/rank.ts', 'C:\\a\\b.js'),
  ),
  line: fc.integer({ min: 1, max: 5000 }),
  column: fc.integer({ min: 1, max: 90 }),
  kind: fc.constant('own' as const),
});

const state: fc.Arbitrary<StackFunction> = fc
  .constantFrom('(program)', '(garbage collector)')
  .map(name => ({ name, file: '', line: 0, column: 0, kind: 'state' as const }));

/** Formats hold whole bytes, and nanoseconds: what is rounded away must not matter. */
const LEAST: Readonly<Record<StackUnit, number>> = { microseconds: 40, bytes: 4000 };

const weight = (unit: StackUnit): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(0), fc.double({ min: LEAST[unit], max: 5e6, noNaN: true }));

function track(functions: number, unit: StackUnit): fc.Arbitrary<StackTrack> {
  const node = fc.record({
    above: fc.nat(),
    of: fc.nat(functions - 1),
    self: weight(unit),
    samples: fc.nat(400),
    lines: fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { maxLength: 4 }),
  });
  return fc
    .record({ name: text, nodes: fc.array(node, { minLength: 1, maxLength: 25 }) })
    .map(({ name, nodes }) => {
      const rows = nodes.flatMap(({ lines, self }, index) =>
        self > 0
          ? lines
              .toSorted((a, b) => a - b)
              .map(line => ({ node: index + 1, line, self: self / (lines.length + 1) }))
          : [],
      );
      return {
        name,
        nodeCount: nodes.length + 1,
        parent: Int32Array.of(-1, ...nodes.map(({ above }, index) => above % (index + 1))),
        function: Int32Array.of(-1, ...nodes.map(({ of }) => of)),
        self: Float64Array.of(0, ...nodes.map(({ self }) => self)),
        samples: Float64Array.of(0, ...nodes.map(({ self, samples }) => (self > 0 ? samples : 0))),
        lineNode: Int32Array.from(rows, row => row.node),
        lineNumber: Int32Array.from(rows, row => row.line),
        lineSelf: Float64Array.from(rows, row => row.self),
      };
    });
}

/** Of one unit; some weight is in it. */
export const arbitraryStacks = (unit: StackUnit, mostTracks = 3): fc.Arbitrary<StackProfile> =>
  fc
    .array(fc.oneof({ weight: 5, arbitrary: ownFunction }, { weight: 1, arbitrary: state }), {
      minLength: 1,
      maxLength: 8,
    })
    .chain(functions =>
      fc.record({
        name: text,
        unit: fc.constant(unit),
        functions: fc.constant(functions),
        tracks: fc.array(track(functions.length, unit), { minLength: 1, maxLength: mostTracks }),
      }),
    )
    .filter(({ tracks }) => tracks.some(({ self }) => self.some(value => value > 0)));
