import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import type { CpuProfile } from '../../../../src/model/cpu/profile.ts';
import { CpuProfileReader, readCpuProfile } from '../../../../src/model/cpu/reader.ts';
import { threadTree } from '../../../../src/model/cpu/weigh.ts';
import type { RawNode, RawProfile } from '../../../draw/cpu-profile.ts';

const position = fc.integer({ min: -1, max: 5000 });
const callFrame = fc.record({
  functionName: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('a', 'b', '(idle)', '}'),
  ),
  scriptId: fc.oneof(fc.nat(99).map(String), fc.nat(99)),
  url: fc.oneof(fc.constantFrom('', 'node:fs', 'file:///a.js'), fc.string({ maxLength: 20 })),
  lineNumber: position,
  columnNumber: position,
});
const ticks = fc.array(
  fc.record({ line: fc.integer({ min: 1, max: 60 }), ticks: fc.integer({ min: 1, max: 9 }) }),
  {
    maxLength: 40,
  },
);

interface Drawn {
  readonly profile: RawProfile;
  /** By node: index of its parent. */
  readonly parents: readonly number[];
}

/** Sound profiles: nodes in any order, parents named from above or from below, samples in any order of time. */
const drawn: fc.Arbitrary<Drawn> = fc
  .array(fc.record({ callFrame, ticks, above: fc.nat(), hitCount: fc.nat(9) }), {
    minLength: 1,
    maxLength: 14,
  })
  .chain(nodes =>
    fc.record({
      nodes: fc.constant(nodes),
      ids: fc.uniqueArray(fc.nat(5000), { minLength: nodes.length, maxLength: nodes.length }),
      order: fc.shuffledSubarray([...nodes.keys()], { minLength: nodes.length }),
      byParent: fc.boolean(),
      samples: fc.array(fc.tuple(fc.nat(nodes.length - 1), fc.integer({ min: -300, max: 900 })), {
        minLength: 1,
        maxLength: 40,
      }),
      startTime: fc.nat(1_000_000_000),
      length: fc.nat(40_000),
    }),
  )
  .map(({ nodes, ids, order, byParent, samples, startTime, length }) => {
    const parents = nodes.map(({ above }, index) => (index === 0 ? -1 : above % index));
    const raw = nodes.map((node, index): RawNode => {
      const children = parents.flatMap((above, child) => (above === index ? [ids[child]!] : []));
      const links = byParent ? (index === 0 ? {} : { parent: ids[parents[index]!]! }) : { children };
      return {
        id: ids[index]!,
        callFrame: node.callFrame,
        hitCount: node.hitCount,
        positionTicks: node.ticks,
        ...links,
      };
    });
    const profile = {
      nodes: order.map(index => raw[index]!),
      startTime,
      endTime: startTime + length,
      samples: samples.map(([node]) => ids[node]!),
      timeDeltas: samples.map(([, delta]) => delta),
    };
    return { profile, parents: order.map(index => order.indexOf(parents[index]!)) };
  });

const toText = (value: unknown, space?: string): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value, undefined, space));

/** Samples as `time frame<frame<…`, and lines as `frame<… line ×ticks`: all that a profile says, in no form of its own. */
function facts(profile: CpuProfile): string[] {
  const path = (node: number): string =>
    node === -1
      ? ''
      : `${JSON.stringify(profile.frames[profile.frame[node]!]!)}<${path(profile.parent[node]!)}`;
  const samples = Array.from(
    profile.sampleNode,
    (node, index) => `${profile.sampleTime[index]} ${path(node)}`,
  );
  const lines = Array.from(
    profile.tickNode,
    (node, row) => `${path(node)} ${profile.tickLine[row]} ×${profile.tickCount[row]}`,
  );
  return [...samples.sort(), ...lines.sort()];
}

/** The same, the slow and simple way. */
function expectedFacts({ profile, parents }: Drawn): string[] {
  const path = (node: number): string => {
    if (node === -1) return '';
    const { functionName, scriptId, url, lineNumber, columnNumber } = profile.nodes[node]!.callFrame;
    const frame = {
      functionName,
      scriptId: String(scriptId),
      url,
      line: lineNumber + 1,
      column: columnNumber + 1,
    };
    return `${JSON.stringify(frame)}<${path(parents[node]!)}`;
  };
  let time = profile.startTime!;
  const samples = profile.samples!.map((id, index) => {
    time += profile.timeDeltas![index]!;
    return `${time} ${path(profile.nodes.findIndex(node => node.id === id))}`;
  });
  const lines = profile.nodes.flatMap((node, index) => {
    const sums = new Map<number, number>();
    for (const { line, ticks: count } of node.positionTicks ?? [])
      sums.set(line, (sums.get(line) ?? 0) + count);
    return Array.from(sums, ([line, count]) => `${path(index)} ${line} ×${count}`);
  });
  return [...samples.sort(), ...lines.sort()];
}

function readInChunks(bytes: Uint8Array, sizes: readonly number[]): CpuProfile {
  const reader = new CpuProfileReader();
  for (let at = 0, chunk = 0; at < bytes.length; chunk++) {
    const size = sizes[chunk % sizes.length]!;
    reader.push(bytes.subarray(at, at + size));
    at += size;
  }
  return reader.finish();
}

/** What holds for every profile that the reader gives, whatever the file was. */
function checkSound(profile: CpuProfile): void {
  const { nodeCount, parent, frame, frames, sampleNode, sampleTime, tickNode, tickLine, startTime, endTime } =
    profile;
  expect(parent[0]).toBe(-1);
  for (let node = 1; node < nodeCount; node++) expect(parent[node]! >= 0 && parent[node]! < node).toBe(true);
  for (const index of frame) expect(frames[index]).toBeDefined();
  for (const node of [...sampleNode, ...tickNode]) expect(node >= 0 && node < nodeCount).toBe(true);
  const times = [startTime, ...sampleTime, endTime];
  for (let index = 1; index < times.length; index++) expect(times[index]! >= times[index - 1]!).toBe(true);
  for (let row = 1; row < tickNode.length; row++) {
    const step = tickNode[row]! - tickNode[row - 1]!;
    expect(step > 0 || (step === 0 && tickLine[row]! > tickLine[row - 1]!)).toBe(true);
  }
  const covered = endTime - sampleTime[0]!;
  const sum = threadTree([profile]).self.reduce((total, self) => total + self, 0);
  expect(Math.abs(sum - covered)).toBeLessThanOrEqual(
    1e-9 * (Math.abs(startTime) + Math.abs(endTime)) + 1e-6,
  );
}

describe('the profile reader', () => {
  test('finds in any sound profile what the slow and simple way finds', () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom('', '\t', '  '), (input, space) => {
        const profile = readCpuProfile(toText(input.profile, space));
        expect(facts(profile)).toEqual(expectedFacts(input));
        expect(profile.problems.filter(problem => problem !== 'negative-deltas')).toEqual([]);
        checkSound(profile);
      }),
    );
  });

  test('does not care where the bytes are cut', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(drawn, sizes, ({ profile }, cuts) => {
        const bytes = toText(profile);
        expect(readInChunks(bytes, cuts)).toEqual(readCpuProfile(bytes));
      }),
    );
  });

  test('reads damaged bytes as a sound profile or not at all, however they are cut', () => {
    const damage = fc.record({
      at: fc.nat(),
      length: fc.nat(6),
      bytes: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('9999999999', '-', '"', '}', ']', '{', 'e', '\0', '1e999', 'null'),
      ),
    });
    fc.assert(
      fc.property(
        drawn,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 400 }),
        ({ profile }, damages, size) => {
          const bytes = damages.reduce(damaged, toText(profile));
          const [whole, cut] = [
            outcome(() => readCpuProfile(bytes)),
            outcome(() => readInChunks(bytes, [size])),
          ];
          expect(cut).toEqual(whole);
          if (typeof whole !== 'string') checkSound(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('reads the beginning of a profile as a sound profile or not at all, and says that it is cut off', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), ({ profile }, end) => {
        const bytes = toText(profile);
        const found = outcome(() => readCpuProfile(bytes.subarray(0, end % bytes.length)));
        if (typeof found === 'string') return;
        checkSound(found);
        expect(found.problems).toContain('truncated');
      }),
    );
  });
});

function damaged(
  bytes: Uint8Array,
  { at, length, bytes: inserted }: { at: number; length: number; bytes: string },
): Uint8Array {
  const start = at % (bytes.length + 1);
  return Uint8Array.from([
    ...bytes.subarray(0, start),
    ...new TextEncoder().encode(inserted),
    ...bytes.subarray(start + length),
  ]);
}

/** The profile, or what the user is told. Any other error is a defect and passes. */
function outcome(readProfile: () => CpuProfile): CpuProfile | string {
  try {
    return readProfile();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
