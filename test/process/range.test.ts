/**
 * A program that burns in one function, then in another, waits, and burns in the first again: each range of its
 * recording names what ran then, and the order of time shows the phases where the program says that they were.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRecording, type WholeRecording } from '../../src/backend/open-recording.ts';
import { openTimeOrder } from '../../src/backend/open-time-order.ts';
import type { TimeOrderedStacks, TimeOrderedTrack } from '../../src/model/stacks/time-ordered-stacks.ts';
import type { ProfileDocument } from '../../src/contracts/document.ts';
import { documentOf, PROGRAMS, slowcatch, temporaryFolders } from './cli.ts';
import { EDGES } from './node-matrix.ts';

const SOURCE = path.join(PROGRAMS, 'phases', 'phases.cjs');
const temporaryFolder = temporaryFolders();

interface Phase {
  readonly name: string;
  /** Microseconds since the recording's start. */
  readonly from: number;
  readonly to: number;
}

const FUNCTIONS: Readonly<Record<string, string>> = { mix: 'mixDigits', sum: 'sumRoots', wait: '(idle)' };
const LINES: Readonly<Record<string, string>> = { mix: '// mixed here', sum: '// summed here' };
/** What a border may be away from the truth. */
const TOLERANCE_MICROSECONDS = 50_000;
const APART_MICROSECONDS = 10e6;

const lineOf = (marker: string): number =>
  readFileSync(SOURCE, 'utf8')
    .split('\n')
    .findIndex(line => line.includes(marker)) + 1;

const seconds = (time: number): string => `${(time / 1e6).toFixed(6)}s`;

describe.each(EDGES)('on Node.js $major', node => {
  const folder = path.join(temporaryFolder(), 'recording');
  let recording: WholeRecording;
  let phases: Phase[];

  beforeAll(async () => {
    const ended = await slowcatch(['run', '--json', '--out', folder, '--', node.binary, SOURCE]);
    recording = await openRecording(folder);
    const zero = recording.span!.from;
    phases = [...ended.stderr.matchAll(/^phase (.*)$/gm)].map(([, json]) => {
      const { name, from, to } = JSON.parse(json!) as Phase;
      return { name, from: from - zero, to: to - zero };
    });
  });

  async function analyzed({ from, to }: Omit<Phase, 'name'>): Promise<ProfileDocument> {
    const range = ['--from', seconds(from), '--to', seconds(to)];
    return documentOf(await slowcatch(['analyze', folder, ...range, '--json']));
  }

  test('samples and the records of the agent have one clock', () => {
    const { runtime } = recording.recorded[0]!;
    const begun = runtime.find(({ type }) => type === 'thread')!.atMicroseconds;
    const ended = runtime.find(({ type }) => type === 'end')!.atMicroseconds;
    // Seconds on a busy machine; clocks of two kinds would be hours apart.
    expect(Math.abs(recording.span!.from - begun)).toBeLessThan(APART_MICROSECONDS);
    expect(ended).toBeGreaterThanOrEqual(recording.span!.to);
    expect(ended - recording.span!.to).toBeLessThan(APART_MICROSECONDS);
  });

  test('each phase has its function and its line, alone', async () => {
    expect(phases.map(({ name }) => name)).toEqual(['mix', 'sum', 'wait', 'mix']);
    for (const { name, from, to } of phases.filter(phase => phase.name !== 'wait')) {
      const within = { from: from + TOLERANCE_MICROSECONDS, to: to - TOLERANCE_MICROSECONDS };
      const { hotFunctions, hotLines, range, durationMicroseconds } = await analyzed(within);
      expect(hotFunctions[0]).toMatchObject({ name: FUNCTIONS[name], file: SOURCE });
      expect(hotFunctions[0]!.share).toBeGreaterThan(0.9);
      expect(hotLines[0]).toMatchObject({ file: SOURCE, line: lineOf(LINES[name]!) });
      expect(range?.startMicroseconds).toBeCloseTo(within.from, -1);
      expect(durationMicroseconds).toBeCloseTo(within.to - within.from, -1);
    }
  });

  test('the time between is idle', async () => {
    const { from, to } = phases.find(({ name }) => name === 'wait')!;
    const { breakdown } = await analyzed({
      from: from + TOLERANCE_MICROSECONDS,
      to: to - TOLERANCE_MICROSECONDS,
    });
    const { idleMicroseconds, sampledMicroseconds, notSampledMicroseconds, slowcatchMicroseconds } =
      breakdown;
    const known = sampledMicroseconds - notSampledMicroseconds - slowcatchMicroseconds;
    expect(idleMicroseconds / known).toBeGreaterThan(0.9);
  });

  test('the ranges between the borders add up to the whole', async () => {
    const whole = documentOf(await slowcatch(['analyze', folder, '--json']));
    const borders = [0, ...phases.flatMap(({ from, to }) => [from, to]), whole.durationMicroseconds];
    const parts: ProfileDocument[] = [];
    for (const [index, from] of borders.slice(0, -1).entries())
      parts.push(await analyzed({ from, to: borders[index + 1]! }));
    for (const name of ['mixDigits', 'sumRoots', 'mixPhase', 'sumPhase']) {
      const self = ({ hotFunctions }: ProfileDocument): number =>
        hotFunctions.find(each => each.name === name)?.selfMicroseconds ?? 0;
      const sum = parts.reduce((time, part) => time + self(part), 0);
      expect(Math.abs(sum - self(whole))).toBeLessThan(10);
    }
  });

  test('the order of time has the phases, with their borders', async () => {
    const stacks = await openTimeOrder(folder);
    const [track] = stacks.tracks;
    for (const { name, from, to } of phases) {
      const inside = { from: from + TOLERANCE_MICROSECONDS, to: to - TOLERANCE_MICROSECONDS };
      const times = timesWithin(stacks, track!, inside);
      const timeOf = (each: string): number => times.get(FUNCTIONS[each]!) ?? 0;
      const all = [...times.values()].reduce((sum, time) => sum + time, 0);
      const others = Object.keys(FUNCTIONS).filter(each => each !== name);
      expect(all).toBeGreaterThan(0);
      expect(timeOf(name) / all).toBeGreaterThan(0.9);
      for (const other of others) expect(timeOf(other) / all).toBeLessThan(0.01);
    }
    const length = track!.duration.reduce((sum, time) => sum + time, 0);
    expect(stacks.startMicroseconds + length).toBeCloseTo(stacks.endMicroseconds, -1);
  });
});

/**
 * Time by innermost function. On a busy machine there are times that nobody knows, and Slowcatch's own work takes
 * longer: neither is the program's.
 */
function timesWithin(
  { functions, startMicroseconds }: TimeOrderedStacks,
  { stack, duration, function: functionOf }: TimeOrderedTrack,
  { from, to }: Omit<Phase, 'name'>,
): Map<string, number> {
  const times = new Map<string, number>();
  let at = startMicroseconds;
  for (const [stretch, node] of stack.entries()) {
    const end = at + duration[stretch]!;
    const time = Math.min(end, to) - Math.max(at, from);
    const { name, kind } = functions[functionOf[node]!] ?? { name: NOBODY, kind: 'state' };
    if (time > 0 && name !== NOBODY && kind !== 'slowcatch') times.set(name, (times.get(name) ?? 0) + time);
    at = end;
  }
  return times;
}

const NOBODY = '(not sampled)';
