/** One run of a program under our own recorder, read both ways: as V8 says, and repaired. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openRecording } from '../../../src/backend/open-recording.ts';
import { RecordingSession } from '../../../src/backend/record.ts';
import type { RepairSummary } from '../../../src/contracts/document.ts';
import { microseconds } from '../../../src/contracts/units.ts';
import { functionTimes, type FunctionTimes } from './function-times.ts';
import type { InliningProgram } from './programs.ts';
import { rawTree } from './raw-tree.ts';

export interface RunRequest {
  readonly program: InliningProgram;
  /** Absolute path of the Node.js binary. */
  readonly node: string;
  readonly flags: readonly string[];
  readonly root: string;
  /** Takes the recording. */
  readonly folder: string;
}

/**
 * Four times as often as users sample: three seconds hold as many samples as twelve at their pace. With 3,000 samples
 * two runs of one program agree on 96 % only, by chance.
 */
const INTERVAL_MICROSECONDS = 250;

/** Milliseconds of CPU on the main thread, the recorder's own cost there included. */
export interface RecordedRun {
  readonly cpuMilliseconds: number;
}

/** Throws when the program does not end as it should. */
export async function recordRun({ program, node, flags, root, folder }: RunRequest): Promise<RecordedRun> {
  const clock = `${folder}.clock`;
  const preload = path.join(root, 'test/bench/inlining/main-thread-clock.cjs');
  const session = await RecordingSession.begin({
    subject: {
      kind: 'command',
      command: [node, ...flags, '--require', preload, ...program.arguments],
      cwd: root,
    },
    environment: { ...process.env, SLOWCATCH_BENCH_CLOCK: clock },
    intervalMicroseconds: microseconds(INTERVAL_MICROSECONDS),
    folder: { exactly: folder },
    output: 'stderr',
    agent: path.join(root, 'dist/agent.cjs'),
    onProblem: ({ message }) => console.error(message),
    onNote: note => console.error(note),
  });
  const { exitCode } = await session.saved();
  if (exitCode !== 0) throw new Error(`${program.name} ended with status ${exitCode} on ${node}`);
  return { cpuMilliseconds: Number(await readFile(clock, 'utf8')) / 1e6 };
}

export interface ReadRun {
  readonly repaired: FunctionTimes;
  readonly raw: FunctionTimes;
  readonly repair: RepairSummary;
}

/** Reads the main thread of a recording. */
export async function readRun(folder: string): Promise<ReadRun> {
  const { threads } = await openRecording(folder);
  const main = threads.find(({ thread }) => thread?.threadId === 0);
  if (!main?.thread) throw new Error(`${folder} holds no main thread`);
  const { tree, place, repair, thread } = main;
  return {
    repaired: functionTimes(tree, place, thread.agent),
    raw: functionTimes(await rawTree(folder, thread.pid), place, thread.agent),
    repair,
  };
}
