/** Whatever is wrong with a file: it is read as far as it goes, or refused by name. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { dialectOf } from '../../../../src/model/foreign/dialect.ts';
import type { ForeignProfile } from '../../../../src/model/foreign/foreign-profile.ts';
import { PprofReader } from '../../../../src/model/foreign/pprof/reader.ts';
import { PprofTablesReader } from '../../../../src/model/foreign/pprof/tables.ts';
import { SpeedscopeReader } from '../../../../src/model/foreign/speedscope/reader.ts';
import { writePprof } from '../../../../src/model/write/pprof.ts';
import { writeSpeedscope } from '../../../../src/model/write/speedscope.ts';
import { arbitraryStacks } from '../../../draw/arbitrary-stacks.ts';
import { foreignStacks } from '../../../draw/foreign-stacks.ts';
import { pprofBytes } from '../../../draw/pprof.ts';
import { drawStacks } from '../../../draw/stacks.ts';

type Chunks = readonly Uint8Array[];

function pprof(chunks: Chunks): ForeignProfile {
  const tables = new PprofTablesReader();
  for (const chunk of chunks) tables.push(chunk);
  const samples = new PprofReader(tables.finish());
  for (const chunk of chunks) samples.push(chunk);
  return samples.finish();
}

function speedscope(chunks: Chunks): ForeignProfile {
  const reader = new SpeedscopeReader();
  for (const chunk of chunks) reader.push(chunk);
  return reader.finish();
}

const utf8 = (texts: Iterable<string>): Uint8Array => new TextEncoder().encode([...texts].join(''));

const EVENTED = utf8([
  JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames: [{ name: 'a', file: '/a.js', line: 3 }, { name: 'b' }] },
    profiles: [
      {
        ...{ type: 'evented', name: 'main', unit: 'milliseconds', startValue: 0, endValue: 9 },
        events: [
          { type: 'O', frame: 0, at: 0 },
          { type: 'O', frame: 1, at: 2 },
          { type: 'C', frame: 1, at: 5 },
          { type: 'C', frame: 0, at: 9 },
        ],
      },
    ],
  }),
]);

const PPROF = pprofBytes({
  types: 'samples/count cpu/nanoseconds',
  samples: 'main a.js:1 > f b.js:2 / g c.js:3 | 1 2000 | thread=x\nmain a.js:1 | 1 4000',
});

const FORMATS = [
  {
    name: 'pprof',
    read: pprof,
    small: PPROF,
    bytes: fc.oneof(
      arbitraryStacks('microseconds').map(stacks => Buffer.concat([...writePprof(stacks, 'cpu')])),
      fc.constant(PPROF),
    ),
  },
  {
    name: 'speedscope',
    read: speedscope,
    small: EVENTED,
    bytes: fc.oneof(
      arbitraryStacks('microseconds').map(stacks => utf8(writeSpeedscope(stacks, 'test'))),
      fc.constant(EVENTED),
    ),
  },
] as const;

/** What it holds, as text, or the code of the error; anything else is thrown. */
function outcome(read: () => ForeignProfile): string {
  try {
    const { unit, tracks, problems } = read();
    for (const { tree } of tracks) {
      for (const value of [...tree.self, ...tree.lineMicroseconds]) expect(value).toBeGreaterThanOrEqual(0);
      for (let node = 1; node < tree.nodeCount; node++) {
        expect(tree.parent[node]).toBeLessThan(node);
        expect(tree.frames[tree.frame[node]!]).toBeDefined();
      }
    }
    return [unit, drawStacks(foreignStacks(tracks, unit)), ...problems].join('\n');
  } catch (error) {
    if (error instanceof UserError && error.code !== 'internal') return error.code;
    throw error;
  }
}

const KNOWN = /^(?:microseconds\n[\s\S]*|profile-not-readable|profile-without-samples|profile-too-big)$/;

describe.each(FORMATS)('$name', ({ read, bytes, small }) => {
  test('is the same in chunks that are cut anywhere', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 30 }), (whole, cuts) => {
        const ends = [...new Set(cuts.map(cut => cut % (whole.length + 1)))].toSorted((a, b) => a - b);
        const chunks = [0, ...ends].map((start, index) => whole.subarray(start, ends[index] ?? whole.length));
        expect(outcome(() => read(chunks))).toBe(outcome(() => read([whole])));
        expect(outcome(() => read(Array.from(whole, byte => Uint8Array.of(byte))))).toBe(
          outcome(() => read([whole])),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('is read as far as it goes, or refused, when it is cut off at any byte', () => {
    for (let end = 0; end < small.length; end++)
      expect(outcome(() => read([small.subarray(0, end)]))).toMatch(KNOWN);
    fc.assert(
      fc.property(bytes, fc.nat(), (whole, end) => {
        expect(outcome(() => read([whole.subarray(0, end % whole.length)]))).toMatch(KNOWN);
      }),
      { numRuns: 200 },
    );
  });

  test('of which bytes were changed is read or refused', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(bytes, changes, (whole, changed) => {
        const damaged = Uint8Array.from(whole);
        for (const [at, value] of changed) damaged[at % damaged.length] = value;
        expect(outcome(() => read([damaged]))).toMatch(/^(?:microseconds|bytes|profile-)/);
      }),
      { numRuns: 400 },
    );
  });

  test('of random bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), random => {
        expect(outcome(() => read([random]))).toMatch(/^(?:microseconds|bytes|profile-)/);
        dialectOf(random);
      }),
      { numRuns: 400 },
    );
  });

  test('is told from other formats by its first bytes', () => {
    fc.assert(
      fc.property(bytes, whole => {
        expect(dialectOf(whole.subarray(0, 1 << 16))).toBe(read === pprof ? 'pprof' : 'speedscope');
      }),
      { numRuns: 60 },
    );
  });
});
