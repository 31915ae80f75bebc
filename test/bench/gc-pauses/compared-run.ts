/** One run of a program that collects garbage, recorded by `slowcatch run`, beside what V8 prints of the same run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { readThreads } from '../../../src/backend/recorded-threads.ts';
import { COLLECTION_KINDS } from '../../../src/contracts/views/runtime.ts';
import { collectionLog, isCollection } from '../../../src/model/gc/collection-log.ts';
import { TracedRun, type TracedCollection } from '../../draw/trace-gc.ts';

/**
 * Where V8 prints to. A pipe has a reader, who wakes up at each line and may take the processor before V8 goes on: after
 * V8 has stopped its clock, and before it calls who listens to collections.
 */
export type Sink = 'file' | 'pipe';

export interface RunRequest {
  readonly root: string;
  /** Absolute path of the Node.js binary. */
  readonly node: string;
  readonly mode: 'blocked' | 'turns';
  readonly sink: Sink;
  /** Takes what is made meanwhile. */
  readonly folder: string;
}

export interface ComparedRun {
  readonly collections: number;
  /** Both have the same collections in the same order. */
  readonly isSame: boolean;
  /** All recorded pauses together, as a share of all printed ones. */
  readonly ratio: number;
  /** Milliseconds: by how much one pause is longer than it was printed. */
  readonly medianExcess: number;
  readonly mostExcess: number;
}

export async function compareRun({ root, node, mode, sink, folder }: RunRequest): Promise<ComparedRun> {
  const own = await mkdtemp(path.join(folder, `${mode}-`));
  const recording = path.join(own, 'recording');
  const program = [node, '--trace-gc', '--expose-gc', path.join(root, 'test/programs/gc/allocate.cjs'), mode];
  const cli = [path.join(root, 'dist/cli.cjs'), 'run', '--json', '--out', recording, '--', ...program];
  const printed = new TracedRun(await outputOf(cli, sink, path.join(own, 'trace')));
  const [isolate = ''] = printed.isolates;
  const [begin = 0] = printed.times('begin');
  const [end = 0] = printed.times('end');
  const traced = printed.between(isolate, begin, end);
  const recorded = (await mainCollections(recording)).slice(-traced.length);
  await rm(own, { recursive: true });
  return compare(recorded, traced);
}

/** With --json the program's own output goes to the standard error, without a detour. */
async function outputOf(parameters: readonly string[], sink: Sink, file: string): Promise<string> {
  const trace = await open(file, 'w');
  try {
    const stdio = ['ignore', 'ignore', sink === 'file' ? trace.fd : 'pipe'] as const;
    const child = spawn(process.execPath, parameters, { stdio: [...stdio] });
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (more: string) => (text += more));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`slowcatch run ended with status ${code}`);
    return sink === 'file' ? await readFile(file, 'utf8') : text;
  } finally {
    await trace.close();
  }
}

async function mainCollections(recording: string): Promise<TracedCollection[]> {
  const main = (await readThreads(recording)).find(({ thread }) => thread.threadId === 0);
  const { columns } = collectionLog(main?.runtime ?? [], 0);
  return columns.pauseMilliseconds
    .map((pauseMilliseconds, row) => ({ kind: COLLECTION_KINDS[columns.kind[row]!]!, pauseMilliseconds }))
    .filter(({ kind }) => isCollection(kind));
}

function compare(recorded: readonly TracedCollection[], traced: readonly TracedCollection[]): ComparedRun {
  const total = (all: readonly TracedCollection[]): number =>
    all.reduce((sum, { pauseMilliseconds }) => sum + pauseMilliseconds, 0);
  const excess = recorded
    .map(({ pauseMilliseconds }, row) => pauseMilliseconds - (traced[row]?.pauseMilliseconds ?? 0))
    .sort((a, b) => a - b);
  return {
    collections: traced.length,
    isSame:
      recorded.length === traced.length && recorded.every(({ kind }, row) => kind === traced[row]?.kind),
    ratio: total(recorded) / total(traced),
    medianExcess: excess[excess.length >> 1] ?? Number.NaN,
    mostExcess: excess.at(-1) ?? Number.NaN,
  };
}
