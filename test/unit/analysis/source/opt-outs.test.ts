import { expect, test } from 'vitest';
import { cacheWithoutMax } from '../../../../src/analysis/source/rules/cache-without-max.ts';
import { findingsIn } from './lint-text.ts';

const found = (...lines: readonly string[]): number[] =>
  findingsIn(cacheWithoutMax, [`import C from 'node-cache';`, ...lines].join('\n')).map(
    ({ finding, program }) => program.positionOf(finding.node.start).line,
  );

test('a line is left out with and without a reason', () => {
  const next = '// slowcatch-disable-next-line cache-without-max';
  expect(found(`${next} -- five keys`, 'new C();', next, 'new C();', 'new C();')).toEqual([6]);
  expect(found('new C(); // slowcatch-disable-line cache-without-max', 'new C();')).toEqual([3]);
});

test('several rules, all rules, and comments of blocks', () => {
  expect(found('/* slowcatch-disable-next-line a, cache-without-max -- why */', 'new C();')).toEqual([]);
  expect(found('// slowcatch-disable-next-line', 'new C();')).toEqual([]);
  expect(found('// slowcatch-disable-next-line -- all of them', 'new C();')).toEqual([]);
});

test('another rule is not meant', () => {
  expect(found('// slowcatch-disable-next-line redis-keys-command -- x', 'new C();')).toEqual([3]);
});

test('a whole file', () => {
  expect(found('new C();', '/* slowcatch-disable-file cache-without-max -- a tool */', 'new C();')).toEqual(
    [],
  );
});
