import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutProfile, spanOf, type Span } from '../../../../src/agent/collector/cut-profile.ts';
import { readCpuProfile } from '../../../../src/model/cpu/reader.ts';
import { CallTreeBuilder } from '../../../../src/model/cpu/weigh.ts';
import { drawSamples, parseProfile, toBytes, type RawProfile } from '../../../draw/cpu-profile.ts';
import { drawWeights } from '../../../draw/segment.ts';

/** Nodes of one letter below the root; samples `a@1000 b@2500`; the profile begins at 0. */
function profile(drawn: string, end: number): RawProfile {
  const letters = [...new Set(drawn.replaceAll(/[^a-z]/g, ''))].sort();
  const nodes = letters.map((letter, index) => `  ${index + 2} ${letter} file:///app.js:1:1 | 1 ×1`);
  const samples = drawn.replaceAll(/[a-z]/g, letter => String(letters.indexOf(letter) + 2));
  return parseProfile(['1 (root)', ...nodes].join('\n'), samples, end);
}

const textOf = (raw: RawProfile): string => JSON.stringify(raw);

const spansOf = (drawn: readonly (readonly [from: number, to: number])[]): Span[] =>
  drawn.map(([from, to]) => ({ from, to }));

/** `a@1000 b@2500 end@3000 | 1100-1300`: the samples that are left, and of what time they tell. */
function cut(raw: RawProfile, ...spans: readonly (readonly [from: number, to: number])[]): string {
  const text = cutProfile(textOf(raw), spansOf(spans));
  if (text === undefined) return 'nothing';
  const read = readCpuProfile(Buffer.from(text));
  return `${drawSamples(read)} | ${read.kept?.map(({ from, to }) => `${from}-${to}`).join(' ')}`;
}

/** `a 1000 (1)`: microseconds and samples by function. */
function weights(text: string | undefined): string {
  if (text === undefined) return '';
  const builder = new CallTreeBuilder();
  builder.add(readCpuProfile(Buffer.from(text)));
  return drawWeights(builder.tree());
}

/** The same of spans of the whole. */
function weightsWithin(text: string, spans: readonly Span[]): string {
  const builder = new CallTreeBuilder();
  const whole = readCpuProfile(Buffer.from(text));
  const counted = builder.add(whole);
  const part = builder.parts().begin();
  for (const { from, to } of spans)
    if (from < counted.to && to > counted.from)
      part.add(whole, { from: Math.max(from, counted.from), to: Math.min(to, counted.to) });
  return drawWeights(part.tree());
}

const DRAWN = profile('a@1000 b@2000 a@3000 b@4000 c@5000', 6000);

describe('of a segment', () => {
  test('samples within slices stay, and those next to them', () => {
    expect(cut(DRAWN, [2500, 3100])).toBe('b@2000 a@3000 b@4000 end@6000 | 2500-3100');
    expect(cut(DRAWN, [2100, 2200])).toBe('b@2000 a@3000 end@6000 | 2100-2200');
    expect(cut(DRAWN, [1000, 1100], [5200, 5300])).toBe(
      'a@1000 b@2000 c@5000 end@6000 | 1000-1100 5200-5300',
    );
  });

  test('no time counts but that of slices, however far the samples lie apart', () => {
    const raw = profile('a@1000 a@2000 b@3000 b@4000 a@5000 a@6000', 7000);
    expect(
      weights(
        cutProfile(
          textOf(raw),
          spansOf([
            [2700, 2800],
            [5600, 5900],
          ]),
        ),
      ),
    ).toBe('a 300 (0) b 100 (0)');
    expect(weights(cutProfile(textOf(raw), spansOf([[2900, 4100]])))).toBe('b 1200 (2)');
  });

  test('of a slice that ends between two samples the nearest one has the time', () => {
    expect(weights(cutProfile(textOf(DRAWN), spansOf([[2400, 2600]])))).toBe('a 100 (0) b 100 (0)');
  });

  test('nothing stays where no slice is', () => {
    expect(cut(DRAWN, [7000, 8000])).toBe('nothing');
    expect(cut(DRAWN, [100, 900])).toBe('nothing');
    expect(cut(DRAWN)).toBe('nothing');
  });

  test('nodes go that nobody needs, with their places among the children', () => {
    const { nodes } = JSON.parse(cutProfile(textOf(DRAWN), [{ from: 1100, to: 1400 }]) ?? '') as RawProfile;
    expect(nodes.map(({ callFrame }) => callFrame.functionName)).toEqual(['(root)', 'a', 'b']);
    expect(nodes[0]?.children).toEqual([2, 3]);
  });

  test('times that go back are put in order', () => {
    const text = textOf({ ...DRAWN, samples: [2, 3, 4], timeDeltas: [3000, -2000, 1000] });
    expect(weights(cutProfile(text, [{ from: 1000, to: 1500 }]))).toBe('b 500 (1)');
  });

  test('its span is read without the rest', () => {
    expect(spanOf(textOf(DRAWN))).toEqual({ from: 0, to: 6000 });
    expect(spanOf('{"nodes":[]}')).toBeUndefined();
  });

  test('stretches that are none, or lie before others, are not read', () => {
    const kept = [1500, 500, -1000, 700, 100, Number.NaN, 0];
    expect(readCpuProfile(toBytes({ ...DRAWN, kept })).kept).toEqual([{ from: 1500, to: 2000 }]);
  });
});

test('each function has the time and the samples that it had in the slices, and none outside', () => {
  const samples = fc.array(
    fc.record({ of: fc.constantFrom('a', 'b', 'c'), after: fc.integer({ min: 0, max: 9000 }) }),
    { minLength: 1, maxLength: 30 },
  );
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 5000 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(samples, gaps, fc.integer({ min: 0, max: 3000 }), (steps, drawnSpans, rest) => {
      let time = 1000;
      const drawn = steps.map(({ of, after }) => `${of}@${(time += after)}`).join(' ');
      const text = textOf(profile(drawn, time + rest));
      let end = 0;
      const spans = drawnSpans.map(([gap, length]) => ({ from: end + gap, to: (end += gap + length) }));
      expect(weights(cutProfile(text, spans))).toBe(weightsWithin(text, spans));
    }),
  );
});
