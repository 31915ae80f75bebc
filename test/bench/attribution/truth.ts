/**
 * Whose time a sample is, twice: by the function that burns, which says it by its name, and by the slices that the agent
 * has written.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { OperationRecord } from '../../../src/contracts/operations.ts';
import {
  OPERATIONS_FILE,
  SEGMENT_FILE_PATTERN,
  THREAD_FOLDER_PATTERN,
} from '../../../src/contracts/recording-files.ts';

/** The operation by the function that burns for it. */
const OWNERS = new Map(
  Object.entries({
    burnSlow: 'GET /slow',
    burnIo: 'GET /io',
    burnFast: 'GET /fast',
    burnBody: 'POST /body',
    burnMixed: 'GET /mixed',
    burnOuter: 'GET /outer',
    burnInner: 'inner',
    burnInnermost: 'innermost',
    burnAsked: 'GET /ask',
    burnPostgres: 'GET /postgres',
    burnRedis: 'GET /redis',
  }),
);

export interface Score {
  right: number;
  unattributed: number;
  wrong: number;
  /** `truth → told` of wrong ones, and how often. */
  readonly mistakes: Map<string, number>;
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string };
  readonly children?: readonly number[];
}
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Over all threads of a recording. */
export function score(recording: string): Score {
  const total: Score = { right: 0, unattributed: 0, wrong: 0, mistakes: new Map() };
  for (const thread of readdirSync(recording).filter(name => THREAD_FOLDER_PATTERN.test(name)))
    scoreThread(path.join(recording, thread), total);
  return total;
}

function scoreThread(folder: string, total: Score): void {
  const slices = slicesOf(folder);
  const from = slices[0]?.from ?? Number.POSITIVE_INFINITY;
  const to = slices.at(-1)?.to ?? 0;
  let seen = 0;
  for (const profile of segmentsOf(folder)) {
    for (const { at, truth } of samplesOf(profile)) {
      // Segments overlap; before the first and after the last operation nothing burns.
      if (at <= seen || at < from || at > to) continue;
      seen = at;
      if (truth === undefined) continue;
      const told = ownerAt(slices, at);
      if (told === truth) total.right++;
      else if (told === undefined) total.unattributed++;
      else total.wrong++;
      if (told !== truth) count(total.mistakes, `${truth} → ${told ?? 'none'}`);
    }
  }
}

const count = (counts: Map<string, number>, key: string): unknown =>
  counts.set(key, (counts.get(key) ?? 0) + 1);

function* segmentsOf(folder: string): Generator<Profile> {
  for (const name of readdirSync(folder)
    .filter(file => SEGMENT_FILE_PATTERN.test(file))
    .sort())
    yield JSON.parse(gunzipSync(readFileSync(path.join(folder, name))).toString('utf8')) as Profile;
}

function* samplesOf(profile: Profile): Generator<{ at: number; truth: string | undefined }> {
  const truths = truthByNode(profile);
  let at = profile.startTime;
  const samples = profile.samples.map((node, index) => {
    at += profile.timeDeltas[index] ?? 0;
    return { at, truth: truths.get(node) };
  });
  yield* samples.sort((a, b) => a.at - b.at);
}

/** The innermost function that burns decides. */
function truthByNode({ nodes }: Profile): Map<number, string> {
  const truths = new Map<number, string>();
  const byId = new Map(nodes.map(node => [node.id, node]));
  const visit = (node: ProfileNode, above: string | undefined): void => {
    const own = OWNERS.get(node.callFrame.functionName) ?? above;
    if (own !== undefined) truths.set(node.id, own);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) visit(child, own);
    }
  };
  const [root] = nodes;
  if (root) visit(root, undefined);
  return truths;
}

function slicesOf(folder: string): Slice[] {
  const lines = readFileSync(path.join(folder, OPERATIONS_FILE), 'utf8').trim().split('\n');
  const slices: Slice[] = [];
  for (const line of lines) {
    const { name, startMicroseconds, slices: times } = JSON.parse(line) as OperationRecord;
    for (let index = 0; index < times.length; index += 2) {
      const from = startMicroseconds + (times[index] as number);
      slices.push({ name, from, to: from + (times[index + 1] as number) });
    }
  }
  return slices.sort((a, b) => a.from - b.from);
}

/** Slices of a thread do not overlap. */
function ownerAt(slices: readonly Slice[], at: number): string | undefined {
  let low = 0;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle] as Slice).from <= at) low = middle + 1;
    else high = middle;
  }
  const slice = slices[low - 1];
  return slice && at <= slice.to ? slice.name : undefined;
}
