import { allocationsByMetric, type Allocations } from '../analysis/allocations/allocations.ts';
import { breakdown, burntMicroseconds } from '../analysis/cpu/breakdown.ts';
import { callers } from '../analysis/cpu/callers.ts';
import { hotFunctions } from '../analysis/cpu/hot-functions.ts';
import { hotLines } from '../analysis/cpu/hot-lines.ts';
import { hotPaths } from '../analysis/cpu/hot-paths.ts';
import {
  placeFunctions,
  type PlacedProfile,
  type PlacedThread,
  type PlacedTree,
} from '../analysis/cpu/placed-profile.ts';
import type { AnalysedRoute } from '../analysis/operations/analysed-operations.ts';
import { type OverheadSpan, overheadSummary } from '../analysis/cpu/overhead.ts';
import { functionTotals, type FunctionTotals } from '../analysis/cpu/totals.ts';
import { findings } from '../analysis/findings/all.ts';
import type {
  CallerTime,
  DocumentRange,
  HotFunction,
  ProfileDocument,
  RepairSummary,
  ThreadSummary,
} from '../contracts/document.ts';
import type { TimeSpan } from '../model/cpu/time-span.ts';
import { allocationSummaries, type AllocationInput } from './allocations.ts';
import { durationOf, type TimedThread } from './duration.ts';
import type { RecordedProblem, RuntimeRecord, ThreadRecord } from '../contracts/recording.ts';
import { leakSuspicions, requestName } from './leaks/suspicions.ts';
import { operationRoutes, routesBySlowTime, type OperationsInput } from './operations/operations-document.ts';
import { gcDocument } from './runtime/gc-document.ts';

/** One thread with what the recording knows of it; a foreign profile has neither record. */
export interface ThreadInput extends PlacedTree, TimedThread {
  /** What a foreign profile calls it; untrusted. */
  readonly name?: string;
  readonly repair: RepairSummary;
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadSpan;
  /** All that the thread has told. */
  readonly records?: readonly RuntimeRecord[];
}

export interface DocumentInput {
  readonly name: string;
  readonly recording?: string;
  readonly startedAt?: string;
  /** The threads have only the time in it. */
  readonly range?: DocumentRange;
  readonly threads: readonly ThreadInput[];
  readonly allocations?: readonly AllocationInput[];
  /** Absent where none can be known. */
  readonly operations?: OperationsInput;
  /** From its start, the zero of every `TimeRange`, to its end; absent of several inputs together, and of what has no times. */
  readonly span?: TimeSpan;
  /** The threads have only what ran in some operations. */
  readonly isSelection?: boolean;
  /** A watch recording has only what ran in kept operations. */
  readonly scope?: ProfileDocument['scope'];
  readonly problems: readonly RecordedProblem[];
}

/** A document with what it was made from. */
export interface Analysed {
  readonly document: ProfileDocument;
  readonly profile: PlacedProfile;
  readonly totals: FunctionTotals;
  /** By metric; empty where none were recorded. */
  readonly allocations: readonly Allocations[];
  /** All kept operations by route, in the order of `document.operations`. */
  readonly operations: readonly AnalysedRoute[];
  /** Operations were followed, whether there were any or not. */
  readonly areOperationsFollowed: boolean;
}

/** Analyses the threads of one recording, or of several profiles, as one program. */
export function analyseThreads(input: DocumentInput): Analysed {
  const profile = placeFunctions(input.threads);
  const totals = functionTotals(profile);
  const allocations = allocationsByMetric(input.allocations ?? []);
  const summaries = allocationSummaries(allocations);
  const operations = input.operations ? routesBySlowTime(input.operations) : [];
  const document = {
    ...documentOf(input, profile, totals, operations),
    ...(summaries ? { allocations: summaries } : {}),
    // Nothing is said of times where there are none.
    ...(summaries && input.threads.length === 0 ? { findings: [] } : {}),
  };
  return {
    ...{ document, profile, totals, allocations, operations },
    areOperationsFollowed: input.operations !== undefined,
  };
}

export const profileDocument = (input: DocumentInput): ProfileDocument => analyseThreads(input).document;

function documentOf(
  {
    name,
    recording,
    startedAt,
    range,
    span,
    threads,
    operations,
    allocations = [],
    isSelection = false,
    scope = 'all',
    problems,
  }: DocumentInput,
  profile: PlacedProfile,
  totals: FunctionTotals,
  routes: readonly AnalysedRoute[],
): ProfileDocument {
  const times = breakdown(profile);
  const functions = withCallers(hotFunctions(profile, totals, MOST.functions), profile);
  const repair = sumRepairs(threads.map(thread => thread.repair));
  const summaries = threads.map((thread, index) => summarise(thread, profile.threads[index]!));
  const samples = summaries.reduce((sum, thread) => sum + thread.samples, 0);
  const overhead = overheadSummary(
    threads.flatMap(({ thread, overhead: span }) =>
      thread && span ? [{ threadId: thread.threadId, ...span }] : [],
    ),
  );
  const gc = gcDocument(threads);
  const slow = operations ? operationRoutes(operations, routes) : [];
  const { cpuMicroseconds } = totals;
  const held = allocations.flatMap(each => each.held ?? []);
  const suspicions = held.length > 0 ? leakSuspicions(held, requestName(slow)) : undefined;
  return {
    version: 1,
    scope,
    name,
    ...(recording === undefined ? {} : { recording }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(range === undefined ? {} : { range }),
    durationMicroseconds:
      lengthOf(range) ??
      lengthOfSpan(span) ??
      durationOf(threads) ??
      Math.max(0, ...summaries.map(thread => thread.sampledMicroseconds)),
    intervalMicroseconds: samples === 0 ? 0 : times.sampledMicroseconds / samples,
    breakdown: times,
    threads: summaries,
    hotFunctions: functions,
    hotInternals: hotFunctions(profile, totals, MOST.internals, ['node', 'native']),
    hotLines: hotLines(profile, totals, MOST.lines),
    hotPaths: hotPaths(profile, totals, MOST.paths),
    repair,
    operations: slow,
    findings: findings({
      ...{ breakdown: times, cpuMicroseconds, samples, hotFunctions: functions, repair },
      isPart: range !== undefined || isSelection,
      ...(gc ? { gc } : {}),
      ...(operations ? { operations: slow } : {}),
      ...(suspicions ? { suspicions } : {}),
    }),
    ...(suspicions ? { suspicions } : {}),
    ...(gc === undefined ? {} : { gc }),
    ...(overhead === undefined ? {} : { overhead }),
    problems,
  };
}

const lengthOfSpan = (span: TimeSpan | undefined): number | undefined => span && span.to - span.from;

const lengthOf = (range: DocumentRange | undefined): number | undefined =>
  range && range.endMicroseconds - range.startMicroseconds;

/** What a document holds at most; lighter ones are left out. */
const MOST = {
  functions: 500,
  withCallers: 20,
  callers: 10,
  internals: 100,
  lines: 1000,
  paths: 20,
} as const;

/** Looking for callers walks all nodes: done for those that are likely to be looked at. */
function withCallers(functions: readonly HotFunction[], profile: PlacedProfile): HotFunction[] {
  return functions.map((found, rank) =>
    rank < MOST.withCallers ? { ...found, callers: callersOf(found, profile) } : found,
  );
}

function callersOf(found: HotFunction, profile: PlacedProfile): CallerTime[] {
  const { name, file, line, column } = found;
  const index = profile.functions.findIndex(
    each => each.name === name && each.line === line && each.column === column && each.file === file,
  );
  return callers(profile, [index])
    .slice(0, MOST.callers)
    .map(({ function: caller, selfMicroseconds }) => {
      const at = profile.functions[caller]!;
      return { name: at.name, file: at.file, line: at.line, selfMicroseconds };
    });
}

function summarise(
  { tree, thread, name: foreignName = '' }: ThreadInput,
  placed: PlacedThread,
): ThreadSummary {
  const { pid = 0, threadId = 0, name = '', nodeVersion = '', argv = [] } = thread ?? {};
  const times = breakdown({ threads: [placed] });
  return {
    pid,
    threadId,
    name: name || (argv[1] ?? foreignName),
    nodeVersion,
    sampledMicroseconds: times.sampledMicroseconds,
    samples: Math.round(tree.samples.reduce((sum, count) => sum + count, 0)),
    cpuMicroseconds: burntMicroseconds(times),
  };
}

function sumRepairs(repairs: readonly RepairSummary[]): RepairSummary {
  const sum = (key: keyof RepairSummary): number => repairs.reduce((total, repair) => total + repair[key], 0);
  return {
    checkedMicroseconds: sum('checkedMicroseconds'),
    repairedMicroseconds: sum('repairedMicroseconds'),
    estimatedMicroseconds: sum('estimatedMicroseconds'),
    ambiguousMicroseconds: sum('ambiguousMicroseconds'),
    notRepairedMicroseconds: sum('notRepairedMicroseconds'),
  };
}
