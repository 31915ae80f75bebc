/**
 * A sample stands for the time until the next one. Where the machine took the processor away from the program, that
 * is time in which the program did not run: on a shared machine up to half of it, on functions picked by chance. So
 * what a sample has beyond two intervals goes to `(idle)`, in all recordings alike.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SEGMENT_FILE_PATTERN, THREAD_FOLDER_PATTERN } from '../../../src/contracts/recording-files.ts';

const LONGEST_MICROSECONDS = 2000;

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
  startTime: number;
}

/** Rewrites the segments of a recording. */
export async function idleGaps(recording: string): Promise<void> {
  for (const thread of (await readdir(recording)).filter(name => THREAD_FOLDER_PATTERN.test(name))) {
    const folder = path.join(recording, thread);
    for (const name of (await readdir(folder)).filter(name => SEGMENT_FILE_PATTERN.test(name))) {
      const file = path.join(folder, name);
      const profile = JSON.parse(gunzipSync(await readFile(file)).toString()) as Profile;
      await writeFile(file, gzipSync(JSON.stringify(withIdleGaps(profile)), { level: 1 }));
    }
  }
}

/** Times of samples stay as they are; one of `(idle)` comes behind each that lasts too long. */
function withIdleGaps(profile: Profile): Profile {
  const idle = idleNode(profile);
  const order = sampleTimes(profile);
  const samples: number[] = [];
  const times: number[] = [];
  for (const [index, { time, node }] of order.entries()) {
    samples.push(node);
    times.push(time);
    const next = order[index + 1]?.time;
    if (next !== undefined && next - time > LONGEST_MICROSECONDS) {
      samples.push(idle);
      times.push(time + LONGEST_MICROSECONDS);
    }
  }
  const timeDeltas = times.map((time, index) => time - (times[index - 1] ?? profile.startTime));
  return { ...profile, samples, timeDeltas };
}

/** V8's deltas may be negative: samples come in no strict order. */
function sampleTimes({ samples, timeDeltas, startTime }: Profile): { time: number; node: number }[] {
  let time = startTime;
  return samples
    .map((node, index) => ({ time: (time += timeDeltas[index] ?? 0), node }))
    .sort((a, b) => a.time - b.time);
}

function idleNode({ nodes }: Profile): number {
  const existing = nodes.find(({ callFrame }) => callFrame.functionName === '(idle)' && callFrame.url === '');
  if (existing) return existing.id;
  const id = Math.max(...nodes.map(node => node.id)) + 1;
  const callFrame = { functionName: '(idle)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
  nodes.push({ id, callFrame });
  const [root] = nodes;
  if (root) root.children = [...(root.children ?? []), id];
  return id;
}
