/** The use case behind `analyze`, and the end of `run` and `attach`: inputs become one document. */
import path from 'node:path';
import type { ProfileDocument } from '../contracts/document.ts';
import type { Metric, OperationSelection, TimeRange } from '../contracts/profile-source.ts';
import type { StackProfile } from '../model/stacks/stack-profile.ts';
import { analyseThreads } from '../present/document.ts';
import { inputOfOperations, openInput, type OpenedInput } from './open-input.ts';
import { stacksOf } from './open-stacks.ts';

/** A document, and what else can be made of the same input. */
export interface AnalysedInput {
  readonly document: ProfileDocument;
  /** What the program or file is called without its command line. Untrusted. */
  readonly program: string;
  /** Folders that the programs ran in, as far as that is known. */
  readonly folders: readonly string[];
  /** Of the CPU unless told, or of the first metric that there is. Throws `metric-not-recorded`. */
  readonly stacks: (metric?: Metric) => StackProfile;
}

/**
 * Recordings and profile files, absolute or relative to the working folder; several add up. With a `range` only what
 * ran in it. Throws a `UserError`.
 */
export async function analyze(inputs: readonly string[], range?: TimeRange): Promise<AnalysedInput> {
  const opened: OpenedInput[] = [];
  for (const input of inputs) opened.push(await openInput(path.resolve(input), range));
  return analyseInput(joined(opened), opened);
}

/** What ran in some operations of a recording. Throws a `UserError`. */
export async function analyzeOperations(
  input: string,
  selection: OperationSelection,
): Promise<AnalysedInput> {
  const opened = await openInput(path.resolve(input));
  return analyseInput(inputOfOperations(opened, selection), [opened]);
}

function analyseInput(input: OpenedInput, opened: readonly OpenedInput[]): AnalysedInput {
  const { document, profile } = analyseThreads(input);
  return {
    document,
    program: input.program,
    folders: opened.flatMap(({ cwd }) => cwd ?? []),
    stacks: metric => stacksOf(input, () => profile, metric),
  };
}

/** Each of several inputs may have a clock of its own. */
function joined(opened: readonly OpenedInput[]): OpenedInput {
  const [first] = opened;
  if (first && opened.length === 1) return first;
  return {
    name: opened.map(({ name }) => name).join(' + '),
    program: opened.map(({ program }) => program).join(' + '),
    unit: first?.unit ?? 'microseconds',
    threads: opened.flatMap(({ threads }, input) => threads.map(thread => ({ ...thread, input }))),
    allocations: opened.flatMap(({ allocations = [] }) => allocations),
    problems: opened.flatMap(({ problems }) => problems),
  };
}
