import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burntStacks } from '../../../../src/analysis/stacks/burnt-stacks.ts';
import type { StackProfile } from '../../../../src/model/stacks/stack-profile.ts';
import { flameFile } from '../../../../src/present/flame/flame-file.ts';
import { stacksOf } from '../../../draw/stacks-of.ts';

interface Written {
  readonly shared: { readonly frames: readonly { name: string; file?: string; line?: number }[] };
  readonly profiles: readonly {
    readonly name: string;
    readonly unit: string;
    readonly endValue: number;
    readonly events: readonly { type: 'O' | 'C'; frame: number; at: number }[];
  }[];
}

const written = (profile: StackProfile): Written =>
  JSON.parse(flameFile(profile, file => file).text) as Written;

/** The bars of a file, one per line: name, then where they begin and end. */
function drawFile(profile: StackProfile): string {
  const { shared, profiles } = written(profile);
  return profiles
    .flatMap(({ name, events }) => {
      const lines = [name];
      const open: number[] = [];
      for (const { type, frame, at } of events) {
        if (type === 'O') {
          lines.push(`${'  '.repeat(open.length + 1)}${shared.frames[frame]!.name} ${at}`);
          open.push(lines.length - 1);
        } else lines[open.pop()!] += `–${at}`;
      }
      expect(open).toEqual([]);
      return lines;
    })
    .join('\n');
}

const drawn = (text: string): string => text.replace(/^\n/, '').replaceAll(/^ {6}/gm, '').trimEnd();

describe('a flamegraph of a profile', () => {
  test('has one bar per node, the heaviest first, the heaviest thread first', () => {
    const profile = stacksOf(`
      worker
        sum app.js:1 10
      main
        tick app.js:6 5
          small app.js:3 1
          burn app.js:1 100
        boot app.js:9 2
    `);
    expect(drawFile(profile)).toBe(
      drawn(`
      main
        tick 0–106
          burn 0–100
          small 100–101
        boot 106–108
      worker
        sum 0–10`),
    );
  });

  test('leaves out what nobody burnt, and says how much that is', () => {
    const { profile, leftOut } = burntStacks(
      stacksOf(`
      main
        (idle) 900
        (not sampled) 7
        (garbage collector) 20
        (program) 30
        take agent.cjs:1 5
          JSON.parse 4
        spawn agent.cjs:9 3
          work app.js:1 40
    `),
    );
    expect(leftOut).toEqual({ idle: 900, notSampled: 7, slowcatch: 9 });
    expect(drawFile(profile)).toBe(
      drawn(`
      main
        spawn 0–43
          work 0–40
        (program) 43–73
        (garbage collector) 73–93`),
    );
  });

  test('merges what is lighter than a 4000th, and keeps the width of all that is drawn', () => {
    const light = Array.from({ length: 40 }, (_, index) => `    light${index} app.js:${index + 1} 1`).join(
      '\n',
    );
    const profile = stacksOf(`main\n  tick app.js:6 10000\n${light}\n  boot app.js:9 1`);
    expect(drawFile(profile)).toBe('main\n  tick 0–10040\n    (smaller functions) 0–40');
    expect(flameFile(profile, file => file).tracks).toEqual([{ name: 'main', total: 10041, merged: 41 }]);
  });

  test('a thread without weight is not drawn; a profile without any has none', () => {
    expect(drawFile(stacksOf(`main\n  idle app.js:1 0`))).toBe('');
  });

  test('names that would do something are text, and the file stays JSON', () => {
    const { frames } = written(stacksOf(`main\n  </script>\u202E"\u0000 app.js:1 5`)).shared;
    expect(frames[0]!.name).toBe(String.raw`</script>\u202e"\x00`);
  });

  test('a recursion a hundred thousand deep is drawn', () => {
    const depth = 100_000;
    const parent = Int32Array.from({ length: depth }, (_, node) => node - 1);
    const [track] = stacksOf('main\n  f app.js:1 1').tracks;
    const self = new Float64Array(depth);
    self[depth - 1] = 1;
    const deep = {
      ...track!,
      ...{ nodeCount: depth, parent, self, samples: self },
      function: Int32Array.from({ length: depth }, (_, node) => (node === 0 ? -1 : 0)),
    };
    const { profiles } = written({ ...stacksOf('main\n  f app.js:1 1'), tracks: [deep] });
    expect(profiles[0]!.events).toHaveLength(2 * (depth - 1));
  });

  test('every bar has the exact weight of its node: nothing is lost, nothing added', () => {
    const nodes = fc.array(fc.tuple(fc.nat(), fc.nat(5), fc.nat(1000)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(nodes, made => {
        const profile = treeOf(made);
        const [track] = profile.tracks;
        const totals = track!.self.slice();
        for (let node = track!.nodeCount - 1; node > 0; node--)
          totals[track!.parent[node]!]! += totals[node]!;
        const file = written(profile);
        const widths = barWidths(file);
        const total = totals[0]!;
        expect(file.profiles.map(({ endValue }) => endValue)).toEqual(total > 0 ? [total] : []);
        expect(widths.toSorted((a, b) => a - b)).toEqual(
          [...totals]
            .slice(1)
            .filter(weight => weight > 0)
            .sort((a, b) => a - b),
        );
      }),
    );
  });
});

/** Weights are too alike for any to be merged. */
function treeOf(made: readonly (readonly [number, number, number])[]): StackProfile {
  const profile = stacksOf('main\n  a 0\n  b 0\n  c 0\n  d 0\n  e 0\n  f 0');
  const self = Float64Array.from([0, ...made.map(([, , weight]) => weight && 1000 + weight)]);
  const track = {
    ...profile.tracks[0]!,
    ...{ nodeCount: self.length, self, samples: self },
    parent: Int32Array.from([-1, ...made.map(([above], index) => above % (index + 1))]),
    function: Int32Array.from([-1, ...made.map(([, index]) => index)]),
  };
  return { ...profile, tracks: [track] };
}

function barWidths({ profiles }: Written): number[] {
  return profiles.flatMap(({ events }) => {
    const open: number[] = [];
    return events.flatMap(({ type, at }) => (type === 'O' ? (open.push(at), []) : [at - open.pop()!]));
  });
}
