import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { dialectOf } from '../../../../src/model/foreign/dialect.ts';
import { readPprof } from '../../../../src/model/foreign/pprof/reader.ts';
import { ProtobufWriter } from '../../../../src/model/write/protobuf-writer.ts';
import { dedent } from '../../../draw/call-tree.ts';
import { foreignStacks } from '../../../draw/foreign-stacks.ts';
import { pprofBytes, type DrawnPprof } from '../../../draw/pprof.ts';
import { drawStacks } from '../../../draw/stacks.ts';

function drawn(bytes: Uint8Array, wanted?: readonly string[]): string {
  const { tracks, unit } = readPprof(bytes, wanted);
  return drawStacks(
    foreignStacks(
      tracks.map(({ name, tree }) => ({ name: name || 'thread', tree })),
      unit,
    ),
  );
}

const text = (lines: string): string => dedent(lines).join('\n');

function refusal(bytes: Uint8Array): string {
  try {
    readPprof(bytes);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'read';
}

const CPU: DrawnPprof = {
  types: 'samples/count cpu/nanoseconds',
  heads: { main: 1, rank: 52 },
  samples: `
    main /a.js:3 > rank /a.js:60 | 2 2000000
    main /a.js:3 > rank /a.js:61 | 1 1000000
    main /a.js:4                 | 1 500000
  `,
};

describe('a pprof file', () => {
  test('is read as functions and lines, in microseconds', () => {
    expect(drawn(pprofBytes(CPU))).toBe(
      text(`
        thread
          main /a.js:1:0 500 | 4: 500
            rank /a.js:52:0 3000 | 60: 2000, 61: 1000
      `),
    );
  });

  test('keeps how many samples there were', () => {
    const [track] = readPprof(pprofBytes(CPU)).tracks;
    expect(track!.tree.samples.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  test('puts a function that does not say where it begins at its first known line', () => {
    expect(drawn(pprofBytes({ ...CPU, heads: {} }))).toContain('rank /a.js:60:0 3000');
  });

  test('takes functions that were inlined into one place apart', () => {
    const bytes = pprofBytes({
      types: 'cpu/nanoseconds',
      samples: 'main a.js:3 > outer a.js:10 / inner a.js:20 | 7000',
    });
    expect(drawn(bytes)).toBe(
      text(`
        thread
          main a.js:3:0 0
            outer a.js:10:0 0
              inner a.js:20:0 7 | 20: 7
      `),
    );
  });

  test('has a track per thread, by the best label that names one', () => {
    const bytes = pprofBytes({
      types: 'cpu/nanoseconds',
      samples: `
        main a.js:1 | 1000 | thread=worker
        main a.js:1 | 2000 | span=17 thread=main
        main a.js:1 | 3000 | thread_id=7
        main a.js:1 | 4000 | request=99
      `,
    });
    const names = readPprof(bytes).tracks.map(({ name }) => name);
    expect(names).toEqual(['worker', 'main', 'thread 7', '']);
  });

  test.each([
    ['its default', 'inuse_space/bytes alloc_space/bytes', 'inuse_space', undefined, 'inuse_space', 10],
    ['else the last one', 'alloc_space/bytes inuse_space/bytes', undefined, undefined, 'inuse_space', 20],
    ['one with a unit before a count', 'cpu/nanoseconds samples/count', undefined, undefined, 'cpu', 0.01],
    [
      'what is asked for',
      'alloc_space/bytes inuse_space/bytes',
      undefined,
      ['alloc_space'],
      'alloc_space',
      10,
    ],
    ['milliseconds', 'samples/count wall/milliseconds', undefined, undefined, 'wall', 20_000],
  ])('weighs by %s', (_, types, defaultType, wanted, valueName, self) => {
    const bytes = pprofBytes({
      ...{ types, samples: 'f a.js:1 | 10 20' },
      ...(defaultType === undefined ? {} : { defaultType }),
    });
    const read = readPprof(bytes, wanted);
    expect(read.valueName).toBe(valueName);
    expect(read.tracks[0]!.tree.self[1]).toBeCloseTo(self, 9);
    expect(read.problems).toEqual([]);
  });

  test('that only counts samples is weighed by its period', () => {
    const counts = { types: 'samples/count', samples: 'f a.js:1 | 10' };
    const bytes = pprofBytes({ ...counts, period: { type: 'cpu/nanoseconds', value: 10_000_000 } });
    expect(readPprof(bytes)).toMatchObject({ unit: 'microseconds', problems: [] });
    expect(readPprof(bytes).tracks[0]!.tree.self[1]).toBe(100_000);
  });

  test('that counts what has no unit says that its times are none', () => {
    const { problems, tracks } = readPprof(
      pprofBytes({ types: 'goroutine/count', samples: 'main.main main.go:1 | 3' }),
    );
    expect(problems).toEqual(['weights without a unit: shares are right, times are not']);
    expect(tracks[0]!.tree.self[1]).toBe(3000);
  });

  test('keeps what V8 was at, and code without a file', () => {
    const bytes = pprofBytes({
      types: 'wall/nanoseconds',
      samples: `
        (idle)          | 5000
        main a.js:1 > gc | 1000
      `,
    });
    expect(drawn(bytes)).toBe(
      text(`
        thread
          (idle) 5
          main a.js:1:0 0
            gc 1
      `),
    );
  });
});

describe('a damaged pprof file', () => {
  test.each([
    [
      'negative weights are left out',
      'f a.js:1 | -5000\n g a.js:2 | 3000',
      ['negative weights'],
      'g a.js:2:0 3',
    ],
  ])('%s', (_, samples, problems, expected) => {
    const bytes = pprofBytes({ types: 'cpu/nanoseconds', samples });
    expect(readPprof(bytes).problems).toEqual(problems);
    expect(drawn(bytes)).toContain(expected);
  });

  test('frames that it does not have are left out', () => {
    const bytes = built(profile => {
      sample(profile, [99, 1], 7000);
      location(profile, 1, 1, 5);
      fn(profile, 1, 3, 4);
    });
    expect(readPprof(bytes).problems).toEqual(['unknown frames']);
    expect(drawn(bytes)).toBe('thread\n  main a.js:5:0 7');
  });

  test('a function that it does not have is called unknown, a text that it does not have is empty', () => {
    const bytes = built(profile => {
      sample(profile, [1, 2], 7000);
      location(profile, 1, 77, 5);
      location(profile, 2, 1, 6);
      fn(profile, 1, 1_000_000, -3);
    });
    expect(drawn(bytes)).toBe('thread\n  (anonymous) 0\n    (unknown function) 7');
  });

  test('of two entries with one id the first counts', () => {
    const bytes = built(profile => {
      sample(profile, [1], 7000);
      location(profile, 1, 1, 5);
      location(profile, 1, 2, 9);
      fn(profile, 1, 3, 4);
    });
    expect(readPprof(bytes).problems).toEqual(['damaged messages']);
    expect(drawn(bytes)).toContain('main a.js:5:0 7');
  });

  test('ids of any 64 bits are told apart', () => {
    const bytes = Uint8Array.from([
      ...built(profile => {
        location(profile, 1, 1, 5);
        fn(profile, 1, 3, 4);
      }),
      // Location 2⁶⁴-1 with function 1 at line 8, location 2⁶⁴-2 with function 1 at line 9; samples of 1 µs and 2 µs.
      ...[0x22, 17, 0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x22, 4, 0x08, 1, 0x10, 8],
      ...[0x22, 17, 0x08, 254, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x22, 4, 0x08, 1, 0x10, 9],
      ...[0x12, 14, 0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x10, 0xe8, 0x07],
      ...[0x12, 14, 0x08, 254, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x10, 0xd0, 0x0f],
    ]);
    expect(drawn(bytes)).toContain('| 8: 1, 9: 2');
  });

  test('the stack of one sample may be deep', () => {
    const bytes = built(profile => {
      sample(
        profile,
        Array.from({ length: 200_000 }, () => 1),
        7000,
      );
      location(profile, 1, 1, 5);
      fn(profile, 1, 3, 4);
    });
    expect(readPprof(bytes).tracks[0]!.tree.nodeCount).toBe(200_001);
  });

  test('what is none is refused', () => {
    expect(refusal(new Uint8Array())).toMatch(/it names no values/);
    expect(refusal(Uint8Array.of(0xff, 0xff, 0xff))).toMatch(/before its names/);
    expect(refusal(new TextEncoder().encode('{"nodes":[]}'))).toMatch(/begins no field|names no values/);
    expect(refusal(pprofBytes({ ...CPU, samples: 'f a.js:1 | 0 0' }))).toMatch(/holds no samples/);
  });
});

/** A file by hand: text 3 is `main`, 4 `a.js`; it weighs nanoseconds. */
function built(build: (profile: ProtobufWriter) => void): Uint8Array {
  const profile = new ProtobufWriter();
  const part = new ProtobufWriter();
  part.number(1, 1);
  part.number(2, 2);
  profile.message(1, part);
  build(profile);
  for (const each of ['', 'cpu', 'nanoseconds', 'main', 'a.js']) profile.text(6, each);
  return profile.take();
}

function sample(profile: ProtobufWriter, locations: readonly number[], value: number): void {
  const [message, part] = [new ProtobufWriter(), new ProtobufWriter()];
  message.packed(1, locations, part);
  message.packed(2, [value], part);
  profile.message(2, message);
}

function location(profile: ProtobufWriter, id: number, fnId: number, line: number): void {
  const [message, part] = [new ProtobufWriter(), new ProtobufWriter()];
  message.number(1, id);
  part.number(1, fnId);
  part.number(2, line);
  message.message(4, part);
  profile.message(4, message);
}

function fn(profile: ProtobufWriter, id: number, name: number, file: number): void {
  const message = new ProtobufWriter();
  message.number(1, id);
  message.number(2, name);
  if (file > 0) message.number(4, file);
  profile.message(5, message);
}

describe('a file that Go has written', () => {
  const sample = (name: string): Uint8Array =>
    gunzipSync(readFileSync(path.join(import.meta.dirname, '../../../samples', name)));
  const heaviest = (bytes: Uint8Array): readonly [string, string | undefined] => {
    const { unit, tracks } = readPprof(bytes);
    const { tree } = tracks[0]!;
    const node = tree.self.indexOf(Math.max(...tree.self));
    return [unit, tree.frames[tree.frame[node]!]?.functionName];
  };

  test.each([
    ['go-1.19-cpu.pb.gz', 'microseconds', 'main.burn'],
    ['go-1.19-heap.pb.gz', 'bytes', 'main.hold'],
  ])('%s is told by its content, and read', (name, unit, hottest) => {
    const bytes = sample(name);
    expect(dialectOf(bytes)).toBe('pprof');
    expect(heaviest(bytes)).toEqual([unit, hottest]);
  });
});
