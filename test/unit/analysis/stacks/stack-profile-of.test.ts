import { expect, test } from 'vitest';
import { placeFunctions } from '../../../../src/analysis/cpu/placed-profile.ts';
import { stackProfileOf } from '../../../../src/analysis/stacks/stack-profile-of.ts';
import { IdentityPlacement } from '../../../../src/model/source/placement.ts';
import { parseCallTree } from '../../../draw/call-tree.ts';
import { drawStacks } from '../../../draw/stacks.ts';

function stacks(drawn: string): string {
  const profile = placeFunctions([{ tree: parseCallTree(drawn), place: new IdentityPlacement() }]);
  return drawStacks(stackProfileOf({ name: 'app', unit: 'microseconds', profile, trackNames: ['main'] }));
}

test('functions, states of V8 and lines stand in one tree', () => {
  expect(
    stacks(`
      (root)
        (idle) | 0: 50
        tick /app.js:6:14        | 7: 20, 8: 30
          burn /app.js:1:18  | 2: 100
    `),
  ).toBe(
    [
      'main',
      '  (idle) 50',
      '  tick /app.js:6:14 50 | 7: 20, 8: 30',
      '    burn /app.js:1:18 100 | 2: 100',
    ].join('\n'),
  );
});

test('samples without a known stack are (program)', () => {
  expect(
    stacks(`
      (root) | 0: 5
        (program) | 0: 7
    `),
  ).toBe(['main', '  (program) 12'].join('\n'));
});

test('a function that has several frames below one parent is one node', () => {
  expect(
    stacks(`
      (root)
        burn /app.js:1:18  | 2: 100
          leaf /app.js:9:1  | 9: 1
        burn file:///app.js:1:18  | 2: 10, 3: 1
          leaf /app.js:9:1  | 9: 2
    `),
  ).toBe(['main', '  burn /app.js:1:18 111 | 2: 110, 3: 1', '    leaf /app.js:9:1 3 | 9: 3'].join('\n'));
});
