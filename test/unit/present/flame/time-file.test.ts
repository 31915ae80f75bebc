import { describe, expect, test } from 'vitest';
import type { TimeOrderedStacks } from '../../../../src/model/stacks/time-ordered-stacks.ts';
import { timeFile } from '../../../../src/present/flame/time-file.ts';
import { stacksOf } from '../../../draw/stacks-of.ts';

/** Functions by their total: of both, so that each test names only what ran when. */
const PROFILE = stacksOf(`
  main
    (idle) 10
    burn app.js:1 100
      sort app.js:12 30
    tick app.js:6 50
`);

/** `[path, milliseconds]`, one after the other. */
function ran(...stretches: readonly (readonly [path: string, duration: number])[]): TimeOrderedStacks {
  const functions = PROFILE.functions.toReversed();
  const [parent, functionAt] = [[-1], [-1]];
  const nodeOf = (path: string): number =>
    path.split(' ').reduce((above, name) => {
      const index = functions.findIndex(each => each.name === name);
      const known = parent.findIndex((each, node) => each === above && functionAt[node] === index);
      if (known > 0 || name === '') return known > 0 ? known : above;
      functionAt.push(index);
      return parent.push(above) - 1;
    }, 0);
  const stack = stretches.map(([path]) => nodeOf(path));
  const duration = Float64Array.from(stretches, ([, time]) => time);
  const track = {
    ...{ name: 'main', nodeCount: parent.length, estimatedMicroseconds: 0, duration },
    ...{
      parent: Int32Array.from(parent),
      function: Int32Array.from(functionAt),
      stack: Int32Array.from(stack),
    },
  };
  const endMicroseconds = duration.reduce((sum, time) => sum + time, 0);
  return {
    name: 'drawn',
    startMicroseconds: 0,
    endMicroseconds,
    bucketMicroseconds: 1,
    functions,
    tracks: [track],
  };
}

interface Written {
  readonly shared: { readonly frames: readonly { key: number; name: string }[] };
  readonly profiles: readonly {
    readonly endValue: number;
    readonly events: readonly { type: string; frame: number; at: number }[];
  }[];
}

function draw(stacks: TimeOrderedStacks): string {
  const { shared, profiles } = JSON.parse(timeFile(stacks, PROFILE, file => file)) as Written;
  return profiles
    .map(({ events, endValue }) =>
      [...events.map(({ type, frame, at }) => `${type}${shared.frames[frame]!.name}@${at}`), endValue].join(
        ' ',
      ),
    )
    .join('\n');
}

describe('a flamegraph in the order of time', () => {
  test('has a bar for each stretch of a function, however its callees change', () => {
    expect(draw(ran(['burn', 2], ['burn sort', 3], ['burn', 1], ['tick', 4]))).toBe(
      'Oburn@0 Osort@2 Csort@5 Cburn@6 Otick@6 Ctick@10 10',
    );
  });

  test('shows gaps where nothing ran', () => {
    expect(draw(ran(['burn', 2], ['(idle)', 3], ['', 1], ['burn', 1]))).toBe(
      'Oburn@0 Cburn@2 Oburn@6 Cburn@7 7',
    );
  });

  test('numbers functions as the sums of the same source do', () => {
    const { shared } = JSON.parse(timeFile(ran(['tick', 1], ['burn', 1]), PROFILE, file => file)) as Written;
    expect(shared.frames.map(({ key, name }) => [name, PROFILE.functions[key]?.name])).toEqual([
      ['tick', 'tick'],
      ['burn', 'burn'],
    ]);
  });

  test('of nothing is empty', () => {
    expect(draw({ ...ran(), tracks: [] })).toBe('');
  });
});
