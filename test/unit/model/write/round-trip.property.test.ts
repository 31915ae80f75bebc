/** What is written and read again has the same totals per function, whatever the stacks. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCpuProfile } from '../../../../src/model/cpu/reader.ts';
import { threadTree } from '../../../../src/model/cpu/weigh.ts';
import { readPprof } from '../../../../src/model/foreign/pprof/reader.ts';
import { readSpeedscope } from '../../../../src/model/foreign/speedscope/reader.ts';
import type { StackFunction, StackProfile } from '../../../../src/model/stacks/stack-profile.ts';
import { writeCpuProfile } from '../../../../src/model/write/cpu-profile.ts';
import { writeFolded } from '../../../../src/model/write/folded.ts';
import { writePprof } from '../../../../src/model/write/pprof.ts';
import { writeSpeedscope } from '../../../../src/model/write/speedscope.ts';
import { arbitraryStacks } from '../../../draw/arbitrary-stacks.ts';
import { foreignStacks } from '../../../draw/foreign-stacks.ts';
import { largestDifference, totalsByFunction, type Totals } from '../../../draw/function-totals.ts';

const MOST_DIFFERENCE = 0.001;

const utf8 = (texts: Iterable<string>): Uint8Array => new TextEncoder().encode([...texts].join(''));
const joined = (chunks: Iterable<Uint8Array>): Uint8Array => Buffer.concat([...chunks]);

/** Text that is not well-formed UTF-16 comes back as what stands for it in UTF-8. */
const wellFormed = (text: string): string => Buffer.from(text).toString();
const byName = ({ name, file, line }: StackFunction): string =>
  wellFormed([name, file, line].join('|')).replaceAll(/[\u0000-\u001f\u007f]/g, encodeURIComponent);
const withColumn = (fn: StackFunction): string => `${byName(fn)}|${fn.column}`;

function expectSame(before: Map<string, Totals>, after: Map<string, Totals>): void {
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  expect(largestDifference(before, after)).toBeLessThanOrEqual(MOST_DIFFERENCE);
}

describe.each(['microseconds', 'bytes'] as const)('stacks in %s', unit => {
  test('speedscope', () => {
    fc.assert(
      fc.property(arbitraryStacks(unit), stacks => {
        const read = readSpeedscope(utf8(writeSpeedscope(stacks, 'test')));
        expect(read).toMatchObject({ unit, problems: [] });
        expectSame(
          totalsByFunction(stacks, withColumn),
          totalsByFunction(foreignStacks(read.tracks, unit), withColumn),
        );
      }),
    );
  });

  test('pprof', () => {
    fc.assert(
      fc.property(arbitraryStacks(unit), stacks => {
        const read = readPprof(joined(writePprof(stacks, unit === 'bytes' ? 'alloc_space' : 'cpu')));
        expect(read).toMatchObject({ unit, problems: [] });
        expectSame(
          totalsByFunction(stacks, byName),
          totalsByFunction(foreignStacks(read.tracks, unit), byName),
        );
      }),
    );
  });

  test('folded stacks', () => {
    fc.assert(
      fc.property(arbitraryStacks(unit), stacks => {
        const [lines, whole] = readFolded([...writeFolded(stacks)].join(''));
        const labelled = totalsByFunction(stacks, ({ name, file, line }) =>
          file === '' ? name : `${name} (${file}:${line})`,
        );
        for (const [label, { self, total }] of lines) {
          const expected = labelled.get(label);
          expect(Math.abs(self - (expected?.self ?? Number.NaN))).toBeLessThanOrEqual(0.001 * whole + 1);
          expect(Math.abs(total - (expected?.total ?? Number.NaN))).toBeLessThanOrEqual(0.001 * whole + 1);
        }
      }),
    );
  });
});

test('.cpuprofile, of any thread', () => {
  fc.assert(
    fc.property(arbitraryStacks('microseconds', 1), stacks => {
      const [track] = stacks.tracks;
      const read = readCpuProfile(utf8(writeCpuProfile(stacks.functions, track!)));
      expect(read.problems).toEqual([]);
      const tracks = [{ name: '', tree: threadTree([read]) }];
      expectSame(
        totalsByFunction(stacks, withColumn),
        totalsByFunction(foreignStacks(tracks, 'microseconds'), withColumn),
      );
    }),
  );
});

describe('lines', () => {
  test('come back from pprof with their share', () => {
    fc.assert(
      fc.property(arbitraryStacks('microseconds', 1), stacks => {
        const after = foreignStacks(readPprof(joined(writePprof(stacks, 'cpu'))).tracks, 'microseconds');
        const [before, read] = [linesOf(stacks), linesOf(after)];
        for (const [line, self] of before)
          expect(read.get(line) ?? 0).toBeGreaterThanOrEqual(0.999 * self - 1);
      }),
    );
  });
});

/** Self by `file:line`. */
function linesOf({ functions, tracks }: StackProfile): Map<string, number> {
  const lines = new Map<string, number>();
  for (const { lineNode, lineNumber, lineSelf, function: functionOf } of tracks)
    for (const [row, node] of lineNode.entries()) {
      const { file } = functions[functionOf[node]!]!;
      if (file === '') continue;
      const key = `${file}:${lineNumber[row]}`;
      lines.set(key, (lines.get(key) ?? 0) + lineSelf[row]!);
    }
  return lines;
}

/** By what stands for a function, as flamegraph.pl reads it: the number behind the last space, names between semicolons. */
function readFolded(text: string): [Map<string, Totals>, number] {
  const sums = new Map<string, { self: number; total: number }>();
  let whole = 0;
  for (const line of text.split('\n').filter(Boolean)) {
    const [, stack = '', count = ''] = /^(.*) (\d+)$/.exec(line) ?? [];
    const names = stack.split(';').slice(1).map(unescaped);
    whole += Number(count);
    for (const name of new Set(names)) {
      const sum = sums.get(name) ?? { self: 0, total: 0 };
      const self = names.at(-1) === name ? Number(count) : 0;
      sums.set(name, { self: sum.self + self, total: sum.total + Number(count) });
    }
  }
  return [sums, whole];
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:\\|x([\da-f]{2})|u([\da-f]{4}))/g, (_, short?: string, long?: string) =>
    short === undefined && long === undefined
      ? '\\'
      : String.fromCharCode(Number.parseInt(short ?? long ?? '', 16)),
  );
