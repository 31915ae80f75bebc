/** What the user names on a command line or opens in the editor, as the analyses take it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { OperationSelection, TimeRange } from '../contracts/profile-source.ts';
import { MANIFEST_FILE } from '../contracts/recording-files.ts';
import { UserError } from '../contracts/user-error.ts';
import { selectedOwners, selectedTrees } from '../model/operations/selected-trees.ts';
import type { StackUnit } from '../model/stacks/stack-profile.ts';
import type { DocumentInput, ThreadInput } from '../present/document.ts';
import type { OperationsInput } from '../present/operations/operations-document.ts';
import { openProfileFile } from './open-profile-file.ts';
import { openRecording, type OpenedRecording } from './open-recording.ts';
import { partOf } from './recording-range.ts';
import type { ThreadProfile, WholeThread } from './thread-profile.ts';

export interface OpenedInput extends DocumentInput {
  readonly unit: StackUnit;
  /** What the program or file is called without its command line, which may hold secrets. Untrusted. */
  readonly program: string;
  /** The folder that the program ran in, where that is known. */
  readonly cwd?: string;
  /** With their samples, for a look at parts of them; absent for what has no times. */
  readonly wholes?: readonly WholeThread[];
}

/**
 * A recording (its folder or its manifest) or a profile file of any format; with a `range` the threads have the time
 * that lies in it. Throws a `UserError`.
 */
export async function openInput(input: string, range?: TimeRange): Promise<OpenedInput> {
  const opened = await openWhole(input);
  return range ? inputWithin(opened, range) : opened;
}

/** A range of what is open. */
export async function inputWithin(opened: OpenedInput, range: TimeRange): Promise<OpenedInput> {
  const { wholes, span } = opened;
  if (!wholes) throw new UserError('range-without-times', { name: opened.name });
  const part = await partOf(wholes, span, range);
  return {
    ...opened,
    threads: part.threads.map(toInput),
    // They have no times.
    allocations: [],
    problems: [...opened.problems, ...part.problems],
    ...(span ? { range: { ...part.range, ofMicroseconds: span.to - span.from } } : {}),
    ...(opened.operations ? { operations: operationsWithin(opened.operations, part.range) } : {}),
  };
}

/** What ran in operations of what is open. Throws `operation-gone` where there are none of these. */
export function inputOfOperations(opened: OpenedInput, selection: OperationSelection): OpenedInput {
  const { wholes: _, span: _span, operations, ...rest } = opened;
  const threads = operations?.threads ?? [];
  if (threads.every(thread => selectedOwners(thread, selection).size === 0))
    throw new UserError('operation-gone');
  return {
    ...rest,
    threads: selectedTrees(threads, selection).map(({ of, tree, repair }) => {
      const { place, span, thread } = of.sampled!;
      return toInput({ tree, place, repair, span, ...(thread ? { thread } : {}) });
    }),
    // They are of no operation.
    allocations: [],
    isSelection: true,
  };
}

/** What a document has of the operations of a recording. */
export function operationsInput({
  manifest,
  operations,
  span,
}: Pick<OpenedRecording, 'manifest' | 'operations' | 'span'>): Pick<DocumentInput, 'operations' | 'scope'> {
  const starts = operations.flatMap(({ kept }) => kept.slice(0, 1)).map(each => each.startMicroseconds);
  const zero = span?.from ?? (starts.length > 0 ? Math.min(...starts) : 0);
  return {
    ...(operations.length > 0 ? { operations: { threads: operations, zero } } : {}),
    ...(manifest.kind === 'watch' ? { scope: 'kept' } : {}),
  };
}

const operationsWithin = (operations: OperationsInput, range: TimeRange): OperationsInput => ({
  ...operations,
  within: {
    from: operations.zero + range.startMicroseconds,
    to: operations.zero + range.endMicroseconds,
  },
});

async function openWhole(input: string): Promise<OpenedInput> {
  const stat = await fs.stat(input).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('file-not-readable', { file: input, reason: error.code ?? error.message }, error);
  });
  const folder = stat.isDirectory() ? input : path.dirname(input);
  if (stat.isDirectory() || path.basename(input) === MANIFEST_FILE) {
    const opened = await openRecording(folder);
    const { manifest, threads, allocations, problems, span } = opened;
    const { name, startedAt, cwd } = manifest;
    return {
      ...{ name, startedAt, cwd, problems },
      recording: folder,
      unit: 'microseconds',
      program: manifest.configuration ?? programOf(threads),
      threads: threads.map(toInput),
      ...{ wholes: threads, allocations },
      ...operationsInput(opened),
      ...(span ? { span } : {}),
    };
  }
  const { threads, wholes, allocations, problems } = await openProfileFile(input);
  const name = path.basename(input);
  const span = wholes?.[0]?.span;
  return {
    ...{ name, program: name, unit: 'microseconds', threads, allocations, problems },
    ...(wholes ? { wholes } : {}),
    ...(span ? { span } : {}),
  };
}

/** `shop.js`: the file that the first process ran. */
function programOf(threads: readonly ThreadProfile[]): string {
  const file = threads.find(({ thread }) => thread?.threadId === 0)?.thread?.argv[1];
  return file === undefined ? 'recording' : path.basename(file);
}

/** A thread as present takes it. */
export const toInput = (profile: ThreadProfile): ThreadInput => ({
  ...profile,
  ...(profile.thread ? { agent: profile.thread.agent } : {}),
});
