import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/contracts/user-error.ts';
import { readSpeedscope } from '../../../../src/model/foreign/speedscope/reader.ts';
import { dedent } from '../../../draw/call-tree.ts';
import { foreignStacks } from '../../../draw/foreign-stacks.ts';
import { evented, sampled, speedscopeBytes } from '../../../draw/speedscope.ts';
import { drawStacks } from '../../../draw/stacks.ts';

const FRAMES = ['main /a.js:1', 'rank /a.js:52', '(idle)'];

const file = (...profiles: object[]): Uint8Array => speedscopeBytes({ frames: FRAMES, profiles });
const text = (lines: string): string => dedent(lines).join('\n');

function drawn(bytes: Uint8Array): string {
  const { tracks, unit } = readSpeedscope(bytes);
  return drawStacks(foreignStacks(tracks, unit));
}

function refusal(bytes: Uint8Array): string {
  try {
    readSpeedscope(bytes);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'read';
}

describe('a speedscope file', () => {
  test('of events gives the time between them to the innermost open frame', () => {
    expect(drawn(file(evented('O0@100 O1@102 C1@105 O1@106 C1@108 C0@109')))).toBe(
      text(`
        main
          main /a.js:1:0 4
            rank /a.js:52:0 5
      `),
    );
  });

  test('of samples gives each stack its weight', () => {
    expect(drawn(file(sampled('0,1:5 0:2 0,1:3 2:7')))).toBe(
      text(`
        main
          main /a.js:1:0 2
            rank /a.js:52:0 8
          (idle) 7
      `),
    );
  });

  test('may have its weights before its samples, and its frames behind all profiles', () => {
    const { samples, weights, ...rest } = sampled('0,1:5 0:2') as Record<string, unknown>;
    const bytes = new TextEncoder().encode(
      JSON.stringify({
        profiles: [{ ...rest, weights, samples }],
        shared: { frames: [{ name: 'main' }, { name: 'rank' }] },
      }),
    );
    expect(drawn(bytes)).toBe('main\n  main 2\n    rank 5');
  });

  test('has a track per profile', () => {
    const { tracks } = readSpeedscope(
      file(sampled('0:5', 'microseconds', 'main'), evented('O1@0 C1@4', 'microseconds', 'worker')),
    );
    expect(tracks.map(({ name }) => name)).toEqual(['main', 'worker']);
  });

  test.each([
    ['seconds', 2_000_000, 'microseconds'],
    ['milliseconds', 2000, 'microseconds'],
    ['microseconds', 2, 'microseconds'],
    ['nanoseconds', 0.002, 'microseconds'],
    ['bytes', 2, 'bytes'],
  ])('weighs in %s', (unit, self, expected) => {
    const read = readSpeedscope(file(sampled('0:2', unit)));
    expect(read).toMatchObject({ unit: expected, problems: [] });
    expect(read.tracks[0]!.tree.self[1]).toBeCloseTo(self, 12);
  });

  test('without a unit says that its times are none', () => {
    const { problems, tracks } = readSpeedscope(file(sampled('0:2', 'none')));
    expect(problems).toEqual(['weights without a unit: shares are right, times are not']);
    expect(tracks[0]!.tree.self[1]).toBe(2000);
  });

  test('that holds times and bytes is read as what its first profile holds', () => {
    const { unit, tracks } = readSpeedscope(
      file(sampled('0:2', 'bytes'), sampled('1:3', 'seconds'), sampled('1:3', 'bytes')),
    );
    expect([unit, tracks.length]).toEqual(['bytes', 2]);
  });

  test('names may hold anything', () => {
    const name = 'a"b\\c\u0007\u2028</script>🦥';
    const bytes = new TextEncoder().encode(
      JSON.stringify({ shared: { frames: [{ name }] }, profiles: [sampled('0:2')] }),
    );
    expect(readSpeedscope(bytes).tracks[0]!.tree.frames[1]!.functionName).toBe(name);
  });
});

describe('a speedscope file that is not as it should be', () => {
  test.each([
    [
      'a frame that closes another one first',
      'O0@0 O1@1 C0@4 C1@9',
      'main /a.js:1:0 1\n    rank /a.js:52:0 3',
    ],
    ['a frame that is never closed', 'O0@0 O1@3', 'main /a.js:1:0 3'],
    ['a frame that was never opened', 'O0@0 C1@3 C0@5', 'main /a.js:1:0 5'],
  ])('has %s', (_, events, expected) => {
    const bytes = file(evented(events));
    expect(readSpeedscope(bytes).problems).toEqual(['events that do not match']);
    expect(drawn(bytes)).toContain(expected);
  });

  test('has events that go back in time', () => {
    const bytes = file(evented('O0@5 C0@9 O1@2 C1@20'));
    expect(readSpeedscope(bytes).problems).toEqual(['events in no order']);
    expect(drawn(bytes)).toContain('rank /a.js:52:0 11');
  });

  test('has negative weights, and weights that are no numbers', () => {
    const bytes = file(sampled('0:-5 1:3 0:x'));
    expect(readSpeedscope(bytes).problems.toSorted()).toEqual([
      'negative weights',
      'weights that are no numbers',
    ]);
    expect(drawn(bytes)).toContain('rank /a.js:52:0 3');
  });

  test('has frames that are in no list', () => {
    const bytes = file(sampled('0,99:5 -1:2 1.5:1'));
    expect(readSpeedscope(bytes).problems).toEqual(['unknown frames']);
    expect(drawn(bytes)).toContain('(unknown function) 5');
  });

  test('has more samples than weights', () => {
    const profile = { ...sampled('0:5 1:3'), weights: [5] };
    expect(readSpeedscope(file(profile)).problems).toEqual(['samples without a weight']);
  });

  test('closes frames that were never opened, a million of them, in no time', () => {
    const events = [
      ...Array.from({ length: 20_000 }, (_, at) => ({ type: 'O', frame: 0, at })),
      ...Array.from({ length: 200_000 }, (_, at) => ({ type: 'C', frame: 1, at: 20_000 + at })),
    ];
    const bytes = file({ type: 'evented', name: '', unit: 'none', endValue: 1, events });
    expect(readSpeedscope(bytes).tracks[0]!.tree.nodeCount).toBe(20_001);
  });

  test('is refused when it is empty, of another kind, or has nothing to show', () => {
    expect(refusal(new Uint8Array())).toMatch(/it is empty/);
    expect(refusal(new TextEncoder().encode('[1,2]'))).toMatch(/it is not a JSON object/);
    expect(refusal(file())).toMatch(/holds no samples/);
    expect(refusal(file(sampled(':5')))).toMatch(/holds no samples/);
  });
});
