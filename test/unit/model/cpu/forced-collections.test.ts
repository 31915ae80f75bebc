import { expect, test } from 'vitest';
import { withForcedCollections } from '../../../../src/model/cpu/forced-collections.ts';
import { threadTree } from '../../../../src/model/cpu/weigh.ts';
import { drawWeights, parseSegment } from '../../../draw/segment.ts';

const GC = '(garbage collector)';
const DRAWN = '0 work@0 gc@1000 gc@2000 work@3000 gc@4000 5000';
const segment = () => {
  const drawn = parseSegment(DRAWN);
  const frames = drawn.frames.map(frame =>
    frame.functionName === 'gc' ? { ...frame, functionName: GC } : frame,
  );
  return { ...drawn, frames };
};

test('a collection that Slowcatch has forced is its own, others stay the program’s', () => {
  const own = withForcedCollections(segment(), [{ from: 900, to: 2100 }], '/agent.cjs');
  expect(drawWeights(threadTree([own]))).toBe(
    `${GC} 1500 (1) work 1500 (2) (collection for Slowcatch) 2000 (2)`,
  );
  expect(own.frames.at(-1)?.url).toBe('/agent.cjs');
});

test('a segment in which nothing was forced stays as it is', () => {
  const before = segment();
  expect(withForcedCollections(before, [{ from: 6000, to: 7000 }], '/agent.cjs')).toBe(before);
});
