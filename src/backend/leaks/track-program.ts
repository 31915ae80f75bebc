/** The use case behind `leaks -- node app.js`: epochs of the same work, and a snapshot of the heap after each. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchPrograms, type ProgramOutput } from '../../collect/launched-programs.ts';
import { Recorder } from '../../collect/recorder.ts';
import { newRecordingId } from '../../collect/recording-folder.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import { asRecorded } from '../../contracts/recorded-problem.ts';
import { bytes, microseconds } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import { SnapshotComparison } from './compare-snapshots.ts';
import { readWholeSnapshot } from './read-whole-snapshot.ts';
import { TrackedProgram, type EpochOptions, type TakenFile } from './tracked-program.ts';

export interface TrackRequest extends EpochOptions {
  readonly command: readonly string[];
  readonly epochs: number;
  /** Absolute path of a folder that keeps the snapshots; without it none is kept. */
  readonly out?: string;
  readonly output: ProgramOutput;
  /** Absolute path of the agent bundle; the parser lies beside it. */
  readonly agent: string;
  readonly onProblem: (problem: UserError) => void;
  /** Aborted: the program is ended, and what is there is compared. */
  readonly signal: AbortSignal;
}

/** Seldom: what the CPU does is not what is asked for. */
const INTERVAL = microseconds(10_000);

/** The program is ended when all epochs are over. Throws a `UserError` when it cannot be told what grows. */
export async function trackProgram(request: TrackRequest): Promise<LeaksDocument> {
  const work = await fs.mkdtemp(path.join(os.tmpdir(), 'slowcatch-leaks-'));
  const folder = request.out ?? path.join(work, 'snapshots');
  await fs.mkdir(folder, { recursive: true });
  try {
    return await compared(request, await takeSnapshots(request, work, folder));
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

async function takeSnapshots(request: TrackRequest, work: string, folder: string): Promise<TakenFile[]> {
  const { signal, onProblem, epochs } = request;
  const recorder = recorderFor(request, path.join(work, 'recording'));
  recorder.on('problem', onProblem);
  const sampling = new Promise<boolean>(resolve => {
    recorder.once('sampling', () => resolve(true));
    void recorder.saved.then(() => resolve(false));
  });
  const stop = (): void => void recorder.stop('user', 'terminate');
  const taken: TakenFile[] = [];
  await recorder.start(launchPrograms([programOf(request)], request.output));
  signal.addEventListener('abort', stop);
  try {
    const tracked = new TrackedProgram(recorder, folder, request);
    let runs = await sampling;
    while (runs && taken.length <= epochs) {
      runs = await tracked.epoch();
      const file = runs ? await tracked.snapshot() : undefined;
      if (file) taken.push(file);
      else break;
    }
    return taken;
  } finally {
    signal.removeEventListener('abort', stop);
    await recorder.stop('duration', 'terminate');
  }
}

function recorderFor({ command, cwd, agent }: TrackRequest, folder: string): Recorder {
  return new Recorder({
    ...{ id: newRecordingId(new Date()), folder, agent, command, cwd, leaks: true },
    name: nameOf(command),
    intervalMicroseconds: INTERVAL,
  });
}

const nameOf = (command: readonly string[]): string => command.map(word => path.basename(word)).join(' ');

function programOf({ command, cwd, environment }: TrackRequest) {
  const [file = '', ...args] = command;
  const env = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { name: nameOf(command), file, args, cwd, env };
}

async function compared(request: TrackRequest, taken: readonly TakenFile[]): Promise<LeaksDocument> {
  const { agent, out, epochs, command } = request;
  const early = new UserError('leaks-program-ended', {
    epochs: Math.max(0, taken.length - 1),
    wanted: epochs,
  });
  if (taken.length < 2) throw early;
  const comparison = new SnapshotComparison();
  for (const { file, cost } of taken) {
    const { graph, fileBytes } = await readWholeSnapshot(file);
    comparison.add(graph, {
      ...(out === undefined ? {} : { file }),
      ...{ fileBytes: bytes(fileBytes), objects: graph.nodeCount, cost },
    });
    if (out === undefined) await fs.rm(file);
  }
  const counts = taken.slice(1).map(({ requests }, at) => requests - taken[at]!.requests);
  const document = await comparison.document({
    dist: path.dirname(agent),
    name: nameOf(command),
    operations: { of: 'request', counts },
  });
  return taken.length > epochs
    ? document
    : { ...document, problems: [...document.problems, asRecorded(early)] };
}
