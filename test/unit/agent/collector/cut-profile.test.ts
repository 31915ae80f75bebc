import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutProfile, spanOf, type Span } from '../../../../src/agent/collector/cut-profile.ts';

const frame = (functionName: string) => ({
  functionName,
  scriptId: '1',
  url: '',
  lineNumber: 0,
  columnNumber: 0,
});

/** `a b a`: samples a millisecond apart, from 1000 µs on; nodes of one letter below the root. */
function profile(drawn: string): string {
  const names = drawn.split(' ');
  const letters = [...new Set(names)].sort();
  const idOf = (letter: string): number => letters.indexOf(letter) + 2;
  return JSON.stringify({
    nodes: [
      { id: 1, callFrame: frame('(root)'), hitCount: 0, children: letters.map(idOf) },
      ...letters.map(letter => ({ id: idOf(letter), callFrame: frame(letter), hitCount: 1 })),
    ],
    startTime: 1000,
    endTime: 1000 * (names.length + 1),
    samples: names.map(idOf),
    timeDeltas: names.map((_, index) => (index === 0 ? 0 : 1000)),
  });
}

interface Drawable {
  nodes: { id: number; callFrame: { functionName: string }; children?: number[] }[];
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

/** `a@1000 -@2000`: `-` is nobody's. */
function drawn(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  const { nodes, samples, timeDeltas, startTime } = JSON.parse(text) as Drawable;
  const names = new Map(
    nodes.map(({ id, callFrame }) => [id, callFrame.functionName.replace('(not sampled)', '-')]),
  );
  let time = startTime;
  return samples.map((node, index) => `${names.get(node)}@${(time += timeDeltas[index]!)}`).join(' ');
}

const cut = (text: string, ...spans: readonly (readonly [from: number, to: number])[]): string =>
  drawn(
    cutProfile(
      text,
      spans.map(([from, to]) => ({ from, to })),
    ),
  );

describe('of a segment', () => {
  test('what ran within slices stays, the rest is one sample of nobody each time', () => {
    expect(cut(profile('a b a b c'), [2500, 3500])).toBe('-@1000 b@2500 a@3000 -@3500');
    expect(cut(profile('a b a b c'), [1000, 1100], [5200, 5300])).toBe('a@1000 -@1100 c@5200 -@5300');
  });

  test('nothing stays where no slice is', () => {
    expect(cut(profile('a b'), [5000, 6000])).toBe('nothing');
    expect(cut(profile('a b'))).toBe('nothing');
  });

  test('nodes go that nobody needs, with their places among the children', () => {
    const { nodes } = JSON.parse(cutProfile(profile('a b c'), [{ from: 2000, to: 2500 }]) ?? '') as Drawable;
    expect(nodes.map(({ callFrame }) => callFrame.functionName)).toEqual(['(root)', 'b', '(not sampled)']);
    expect(nodes[0]?.children).toEqual([nodes[1]?.id, nodes[2]?.id]);
  });

  test('times that go back are put in order', () => {
    const text = profile('a b c').replace('"timeDeltas":[0,1000,1000]', '"timeDeltas":[2000,-2000,1000]');
    expect(cut(text, [1000, 1500])).toBe('b@1000 -@1500');
  });

  test('its span is read without the rest', () => {
    expect(spanOf(profile('a b'))).toEqual({ from: 1000, to: 3000 });
    expect(spanOf('{"nodes":[]}')).toBeUndefined();
  });
});

test('each instant inside a slice belongs to whom it belonged to before, all others to nobody', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 30 });
  const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 5000 })), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(letters, spans, (names, drawnSpans) => {
      const apart: Span[] = [];
      for (const [from, length] of drawnSpans.sort(([a], [b]) => a - b))
        if (from >= (apart.at(-1)?.to ?? 0)) apart.push({ from, to: from + length });
      const before = drawn(profile(names.join(' '))).split(' ');
      const after = drawn(cutProfile(profile(names.join(' ')), apart)).split(' ');
      const end = 1000 * (names.length + 1);
      const at = (samples: readonly string[], time: number): string | undefined =>
        samples.findLast(sample => Number(sample.split('@')[1]) <= time)?.split('@')[0];
      for (let time = 1000; time < end; time += 250) {
        const isKept = apart.some(({ from, to }) => from <= time && time < to);
        expect(at(after, time) ?? '-').toBe(isKept ? at(before, time) : '-');
      }
    }),
  );
});
