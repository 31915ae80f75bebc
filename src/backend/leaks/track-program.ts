/** The use case behind `leaks -- node app.js`: epochs of the same work, and a snapshot of the heap after each. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchPrograms, type ProgramOutput } from '../../collect/launched-programs.ts';
import { Recorder } from '../../collect/recorder.ts';
import { newRecordingId } from '../../collect/recording-folder.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import { asRecorded } from '../../contracts/recorded-problem.ts';
import { microseconds } from '../../contracts/units.ts';
import { UserError } from '../../contracts/user-error.ts';
import { SnapshotComparison } from './compare-snapshots.ts';
import { withSampledAllocations } from './sampled-allocations.ts';
import { TrackedProgram, type EpochOptions, type SnapshotOptions } from './tracked-program.ts';

export interface TrackRequest extends EpochOptions, SnapshotOptions {
  /** Snapshots are taken although they may not fit into the memory. */
  readonly isForced: boolean;
  readonly command: readonly string[];
  readonly epochs: number;
  readonly output: ProgramOutput;
  /** Absolute path of the agent bundle; the other bundles and the parser lie beside it. */
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
  if (request.kept) await fs.mkdir(request.kept.folder, { recursive: true });
  const comparison = await SnapshotComparison.open({ dist: path.dirname(request.agent) });
  try {
    const recording = path.join(work, 'recording');
    const recorder = recorderFor(request, recording);
    const tracked = new TrackedProgram(recorder, work, comparison, request);
    const problem = await takeSnapshots(request, tracked);
    const document = await tracked.document(nameOf(request.command));
    const dist = path.dirname(request.agent);
    const sampled = await withSampledAllocations(document, recording, { dist, operation: 'request' });
    return problem ? { ...sampled, problems: [...sampled.problems, asRecorded(problem)] } : sampled;
  } finally {
    await comparison.close();
    await fs.rm(work, { recursive: true, force: true });
  }
}

/** Answers why there are fewer than were wanted; throws it where they are too few to compare. */
async function takeSnapshots(request: TrackRequest, tracked: TrackedProgram): Promise<UserError | undefined> {
  const { epochs } = request;
  const problem = await runEpochs(request, tracked).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  const count = tracked.taken.length;
  if (count > epochs) return undefined;
  const early = { epochs: Math.max(0, count - 1), wanted: epochs };
  const reason = problem ?? new UserError('leaks-program-ended', early);
  if (count < FEWEST_SNAPSHOTS) throw reason;
  return reason;
}

const FEWEST_SNAPSHOTS = 2;

/** Until the program ends, or all epochs are over: then it is ended. Throws what `TrackedProgram` throws. */
async function runEpochs(request: TrackRequest, tracked: TrackedProgram): Promise<undefined> {
  const { signal, onProblem, epochs, isForced } = request;
  const { recorder } = tracked;
  recorder.on('problem', onProblem);
  const sampling = new Promise<boolean>(resolve => {
    recorder.once('sampling', () => resolve(true));
    void recorder.saved.then(() => resolve(false));
  });
  const stop = (): void => void recorder.stop('user', 'terminate');
  await recorder.start(launchPrograms([programOf(request)], request.output));
  signal.addEventListener('abort', stop);
  try {
    let runs = await sampling;
    while (runs && tracked.taken.length <= epochs)
      runs = (await tracked.epoch(request)) && (await tracked.snapshot(isForced)) !== undefined;
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
