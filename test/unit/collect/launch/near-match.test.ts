import { expect, test } from 'vitest';
import { nearMatch } from '../../../../src/collect/launch/near-match.ts';

test.each([
  ['Lanch API', ['Launch API', 'Launch Web'], 'Launch API'],
  ['api', ['Launch API', 'Launch Web'], 'Launch API'],
  ['launch', ['Launch API', 'Launch Web'], undefined],
  ['TESTS', ['tests', 'other'], 'tests'],
  ['x', ['Launch API'], undefined],
  ['', ['Launch API'], undefined],
  ['Überall', ['Überal 🙂', 'Test'], 'Überal 🙂'],
  ['a', [], undefined],
])('%j among %j is %j', (name, names, meant) => {
  expect(nearMatch(name, names)).toBe(meant);
});
