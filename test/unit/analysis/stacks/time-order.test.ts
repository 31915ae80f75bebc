import { expect, test } from 'vitest';
import { placeFunctions } from '../../../../src/analysis/cpu/placed-profile.ts';
import { StackFunctions } from '../../../../src/analysis/stacks/stack-functions.ts';
import { TimeOrder, withUsedFunctions } from '../../../../src/analysis/stacks/time-order.ts';
import type { Leaf } from '../../../../src/model/cpu/inlining/likely-leaves.ts';
import { ROOT_FRAME, type Frame } from '../../../../src/model/cpu/profile.ts';
import { CallTreeBuilder } from '../../../../src/model/cpu/weigh.ts';
import { IdentityPlacement } from '../../../../src/model/source/placement.ts';
import { parseSegment } from '../../../draw/segment.ts';
import { drawTimeOrder } from '../../../draw/time-order.ts';

const OWN: Leaf = { path: [], share: 1 };

/** A segment in buckets of a millisecond; `leaves` says what samples of its functions, in their order, were. */
function ordered(drawn: string, leaves: readonly Leaf[] = [], inlined: readonly Frame[] = []) {
  const segment = parseSegment(drawn);
  const builder = new CallTreeBuilder();
  const part = builder.add(segment);
  const tree = builder.tree();
  const profile = placeFunctions([
    { tree: { ...tree, frames: [...tree.frames, ...inlined] }, place: new IdentityPlacement() },
  ]);
  const order = new TimeOrder({
    name: 'main',
    thread: profile.threads[0]!,
    functions: new StackFunctions(profile),
    span: part,
    buckets: (part.to - part.from) / 1000,
  });
  order.add({
    ...{ segment, part, nodes: builder.parts().nodesOf(segment) },
    leaves: Array.from({ length: segment.nodeCount }, (_, node) => leaves[node - 1] ?? OWN),
  });
  const functions = new StackFunctions(profile).list;
  const track = order.finish();
  return { track, drawn: drawTimeOrder({ functions }, track), functions };
}

const frame = (functionName: string): Frame => ({ ...ROOT_FRAME, functionName, scriptId: '1', line: 9 });

test('functions that V8 has not named stand below those they were inlined into', () => {
  // Behind the frames of the segment: root, a, b.
  const leaves: Leaf[] = [{ path: [3, 4], share: 1 }];
  const { drawn, track } = ordered('0 a@0 b@4000 5000', leaves, [frame('mix'), frame('digit')]);
  expect(drawn).toBe('a>mix>digit 2000, b 3000');
  expect(track.estimatedMicroseconds).toBe(0);
});

test('time whose function is only the likeliest is told', () => {
  const { track } = ordered(
    '0 a@0 b@4000 5000',
    [
      { path: [3], share: 0.6 },
      { path: [], share: 0.99 },
    ],
    [frame('mix')],
  );
  expect(track.estimatedMicroseconds).toBe(2000);
});

test('only functions that stand in a track are listed, once for all tracks', () => {
  const { track, functions } = ordered('0 b@0 a@4000 a@5000 6000', [], [frame('mix')]);
  const used = withUsedFunctions([track, track], functions);
  expect(used.functions.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(used.tracks.map(each => drawTimeOrder(used, each))).toEqual(['b 2000, a 4000', 'b 2000, a 4000']);
});
