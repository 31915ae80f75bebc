/** What is shown of any profile, cut to slow operations or not, and of any range of it, adds up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutProfile } from '../../../../src/agent/collector/cut-profile.ts';
import { breakdown, burntMicroseconds } from '../../../../src/analysis/cpu/breakdown.ts';
import { hotLines } from '../../../../src/analysis/cpu/hot-lines.ts';
import { placeFunctions } from '../../../../src/analysis/cpu/placed-profile.ts';
import { functionTotals } from '../../../../src/analysis/cpu/totals.ts';
import { InliningRepair } from '../../../../src/model/cpu/inlining/repair.ts';
import { readCpuProfile } from '../../../../src/model/cpu/reader.ts';
import { CallTreeBuilder } from '../../../../src/model/cpu/weigh.ts';
import { scanFunctions } from '../../../../src/model/source/function-ranges.ts';
import { scriptPlacement } from '../../../../src/model/source/script-placement.ts';
import type { RawNode, RawProfile } from '../../../draw/cpu-profile.ts';

const TEXT = `function burn(n) {
  let sum = 0;
  while (n-- > 0) sum += n;
  return sum;
}
function slow(n) {
  return burn(n) + 1;
}
function quick(n) {
  return n > 0 ? slow(n - 1) + burn(1) : 0;
}
`;
const FUNCTIONS: readonly [name: string, line: number][] = [
  ['burn', 1],
  ['slow', 6],
  ['quick', 9],
];
const STATES = ['(program)', '(idle)', '(garbage collector)', 'now'];

const callFrame = (functionName: string, line: number): RawNode['callFrame'] => ({
  functionName,
  scriptId: line > 0 ? '7' : '0',
  url: line > 0 ? 'file:///app.js' : '',
  lineNumber: line - 1,
  columnNumber: line > 0 ? 13 : -1,
});

const FRAMES = [
  ...FUNCTIONS.map(([name, line]) => callFrame(name, line)),
  ...STATES.map(name => callFrame(name, 0)),
];

const index = fc.nat(1000);
const nodes = fc.array(
  fc.record({
    above: index,
    of: index,
    ticks: fc.array(
      fc.record({ line: fc.integer({ min: 1, max: 11 }), ticks: fc.integer({ min: 1, max: 9 }) }),
      {
        maxLength: 3,
      },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);
const samples = fc.array(fc.record({ of: index, after: fc.integer({ min: 0, max: 30_000 }) }), {
  minLength: 1,
  maxLength: 40,
});
const spans = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 9000 })), { maxLength: 8 })
  .map(drawn => {
    let end = 0;
    return drawn.map(([gap, length]) => ({ from: end + gap, to: (end += gap + length) }));
  });

const profiles = fc
  .record({ nodes, samples, rest: fc.nat(3000) })
  .map(({ nodes, samples, rest }): RawProfile => {
    const all: RawNode[] = [{ id: 1, callFrame: callFrame('(root)', 0), children: [] }];
    for (const { above, of, ticks } of nodes) {
      const id = all.length + 1;
      const functions = all.filter(({ id: each, callFrame: { url } }) => each === 1 || url !== '');
      (functions[above % functions.length]!.children ??= []).push(id);
      const frame = FRAMES[of % FRAMES.length]!;
      all.push({ id, callFrame: frame, ...(frame.url === '' ? {} : { positionTicks: ticks }) });
    }
    return {
      nodes: all,
      startTime: 0,
      endTime: samples.reduce((sum, { after }) => sum + after, rest),
      samples: samples.map(({ of }) => 1 + (of % all.length)),
      timeDeltas: samples.map(({ after }) => after),
    };
  });

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Of the whole, and of a range of it. */
function analysed(texts: readonly string[], range: { from: number; to: number }) {
  const builder = new CallTreeBuilder();
  const counted = texts
    .map(text => readCpuProfile(Buffer.from(text)))
    .map(segment => ({ segment, own: builder.add(segment) }));
  const part = builder.parts().begin();
  for (const { segment, own } of counted) {
    const within = { from: Math.max(own.from, range.from), to: Math.min(own.to, range.to) };
    if (within.from < within.to) part.add(segment, within);
  }
  const body = { text: TEXT, ranges: scanFunctions(TEXT)!, startLine: 0, startColumn: 0 };
  const repair = new InliningRepair(builder.tree(), ({ scriptId }) => (scriptId === '7' ? body : undefined));
  return [builder.tree(), part.tree()].map(tree => {
    const profile = placeFunctions([{ tree: repair.of(tree).tree, place: scriptPlacement([]) }]);
    const totals = functionTotals(profile);
    return { profile, totals, times: breakdown(profile), lines: hotLines(profile, totals, 100) };
  });
}

test('self times of functions and V8 add up to the busy time; no total and no line has more', () => {
  fc.assert(
    fc.property(
      profiles,
      spans,
      fc.boolean(),
      fc.nat(200_000),
      fc.nat(200_000),
      (raw, kept, isCut, from, length) => {
        const text = JSON.stringify(raw);
        const shown = isCut ? cutProfile(text, kept) : text;
        if (shown === undefined) return;
        const most = isCut ? sum(kept.map(each => each.to - each.from)) : Number.POSITIVE_INFINITY;
        for (const { totals, times, lines } of analysed([shown], { from, to: from + length })) {
          const busy = burntMicroseconds(times);
          const { self, total, cpuMicroseconds } = totals;
          expect(cpuMicroseconds).toBeCloseTo(busy, 5);
          const { programMicroseconds, garbageCollectionMicroseconds } = times;
          expect(sum(self) + programMicroseconds + garbageCollectionMicroseconds).toBeCloseTo(busy, 5);
          for (const [each, time] of self.entries()) {
            expect(time).toBeLessThanOrEqual(total[each]! + 1e-6);
            expect(total[each]).toBeLessThanOrEqual(busy + 1e-6);
          }
          expect(sum(lines.map(({ selfMicroseconds }) => selfMicroseconds))).toBeLessThanOrEqual(
            sum(self) + 1e-6,
          );
          expect(times.sampledMicroseconds).toBeLessThanOrEqual(most + 1e-6);
        }
      },
    ),
    { numRuns: 300 },
  );
});
