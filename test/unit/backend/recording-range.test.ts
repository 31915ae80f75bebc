import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openInput } from '../../../src/backend/open-input.ts';
import { openRecording, recordingWithin } from '../../../src/backend/open-recording.ts';
import { openTimeOrder } from '../../../src/backend/open-time-order.ts';
import type { ThreadProfile } from '../../../src/backend/thread-profile.ts';
import { segmentFile } from '../../../src/contracts/recording-files.ts';
import { profileDocument } from '../../../src/present/document.ts';
import { writeRecording } from '../../draw/recording.ts';
import { drawWeights } from '../../draw/segment.ts';
import { drawTimeOrder } from '../../draw/time-order.ts';

/** Two processes with a pause between them; segments of the first overlap. */
const THREADS = {
  'p1-t0': ['50000 a@50000 a@51000 b@52000 53000', '52500 b@52500 c@54000 55000'],
  'p2-t0': ['60000 (idle)@60000 d@61000 62000'],
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-range-'));
  writeRecording(folder, THREADS);
});
afterEach(() => rmSync(folder, { recursive: true }));

const range = (startMicroseconds: number, endMicroseconds: number) => ({
  startMicroseconds,
  endMicroseconds,
});

const draw = (threads: readonly ThreadProfile[]): string[] =>
  threads.map(({ thread, tree }) => `${thread?.pid}: ${drawWeights(tree)}`);

describe('a range of a recording', () => {
  test('counts from the first sample of all threads, on one clock', async () => {
    const { threads, span, problems } = await openRecording(folder, undefined, range(2000, 11_000));
    expect(span).toEqual({ from: 50_000, to: 62_000 });
    expect(draw(threads)).toEqual(['1: b 1250 (1) c 1750 (1)', '2: (idle) 500 (1) d 500 (0)']);
    expect(problems).toEqual([]);
  });

  test('has nothing of the threads that were not there', async () => {
    const { threads } = await openRecording(folder, undefined, range(0, 1000));
    expect(draw(threads)).toEqual(['1: a 1000 (1)']);
  });

  test('is cut to what was recorded', async () => {
    const whole = await openRecording(folder);
    const { threads, range: shown } = await recordingWithin(whole, range(-500, 1e9));
    expect(shown).toEqual(range(0, 12_000));
    expect(draw(threads)).toEqual(draw(whole.threads));
  });

  test.each([
    ['between two processes', 6000, 9000],
    ['behind the end', 20_000, 30_000],
    ['before the start', -2000, -1000],
    ['without length', 3000, 3000],
    ['with its ends exchanged', 3000, 2000],
  ])('%s is empty, and says so', async (_, start, end) => {
    const { threads, problems } = await openRecording(folder, undefined, range(start, end));
    expect(threads).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['nothing-in-range']);
  });

  test('of a recording in which nothing was sampled is empty', async () => {
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-range-'));
    writeRecording(folder, {});
    const { threads, problems } = await openRecording(folder, undefined, range(0, 1000));
    expect(threads).toEqual([]);
    expect(problems.map(({ message }) => message).join()).toMatch(/the recording is 0/);
  });

  test('reads only the segments that touch it', async () => {
    const whole = await openRecording(folder);
    rmSync(path.join(folder, 'p1-t0', segmentFile(2)));
    rmSync(path.join(folder, 'p2-t0', segmentFile(1)));
    expect(draw((await recordingWithin(whole, range(1000, 2000))).threads)).toEqual([
      '1: a 500 (1) b 500 (0)',
    ]);
    await expect(recordingWithin(whole, range(4000, 5000))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('the ranges of a partition add up to the whole', async () => {
    const whole = await openRecording(folder);
    const sums = new Map<string, number>();
    const add = (threads: readonly ThreadProfile[], factor: number): void => {
      for (const { tree } of threads)
        for (const [node, time] of tree.self.entries()) {
          const name = tree.frames[tree.frame[node]!]!.functionName;
          sums.set(name, (sums.get(name) ?? 0) + factor * time);
        }
    };
    add(whole.threads, 1);
    const borders = [0, 700, 2600, 3333, 4000, 9000, 11_111, 12_000];
    for (const [index, start] of borders.slice(0, -1).entries())
      add((await recordingWithin(whole, range(start, borders[index + 1]!))).threads, -1);
    for (const difference of sums.values()) expect(difference).toBeCloseTo(0, 6);
  });

  test('a document of it says which, and how long', async () => {
    const document = profileDocument(await openInput(folder, range(2000, 11_000)));
    expect(document).toMatchObject({
      range: { startMicroseconds: 2000, endMicroseconds: 11_000, ofMicroseconds: 12_000 },
      durationMicroseconds: 9000,
    });
    expect(document.hotFunctions.map(({ name }) => name)).toEqual(['c', 'b', 'd']);
    expect(profileDocument(await openInput(folder))).not.toHaveProperty('range');
  });
});

describe('the order of time', () => {
  test('shows each thread as long as it was there, waiting and all', async () => {
    const stacks = await openTimeOrder(folder, undefined, 48);
    expect(stacks.bucketMicroseconds).toBe(250);
    expect(stacks.tracks.map(track => `${track.name}: ${drawTimeOrder(stacks, track)}`)).toEqual([
      'p1.js · pid 1: a 1500, b 1750, c 1750, - 7000',
      'p2.js · pid 2: - 10000, (idle) 500, d 1500',
    ]);
  });

  test('of a range has the threads in it', async () => {
    const stacks = await openTimeOrder(folder, range(10_000, 12_000), 4);
    expect(stacks.startMicroseconds).toBe(10_000);
    expect(stacks.tracks.map(track => drawTimeOrder(stacks, track))).toEqual(['(idle) 500, d 1500']);
    expect(stacks.functions.map(({ name }) => name)).toEqual(['(idle)', 'd']);
  });

  test('of a time in which there was nothing has no tracks', async () => {
    expect((await openTimeOrder(folder, range(6000, 9000))).tracks).toEqual([]);
    expect((await openTimeOrder(folder, range(20_000, 30_000))).tracks).toEqual([]);
  });
});
