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
import { functionTotals } from '../analysis/cpu/totals.ts';
import { findings } from '../analysis/findings/all.ts';
import type {
  CallerTime,
  HotFunction,
  OverheadSummary,
  ProfileDocument,
  RepairSummary,
  ThreadSummary,
} from '../contracts/document.ts';
import type { OverheadRecord, RecordedProblem, ThreadRecord } from '../contracts/recording.ts';

/** One thread with what the recording knows of it; a foreign profile has neither record. */
export interface ThreadInput extends PlacedTree {
  readonly repair: RepairSummary;
  readonly thread?: ThreadRecord;
  readonly overhead?: OverheadRecord;
}

export interface DocumentInput {
  readonly name: string;
  readonly recording?: string;
  readonly startedAt?: string;
  readonly threads: readonly ThreadInput[];
  readonly problems: readonly RecordedProblem[];
}

/** Analyses the threads of one recording, or of several profiles, as one program. */
export function profileDocument({
  name,
  recording,
  startedAt,
  threads,
  problems,
}: DocumentInput): ProfileDocument {
  const profile = placeFunctions(threads);
  const totals = functionTotals(profile);
  const times = breakdown(profile);
  const functions = withCallers(hotFunctions(profile, totals, MOST.functions), profile);
  const repair = sumRepairs(threads.map(thread => thread.repair));
  const summaries = threads.map((thread, index) => summarise(thread, profile.threads[index]!));
  const samples = summaries.reduce((sum, thread) => sum + thread.samples, 0);
  const overhead = sumOverhead(threads);
  const { cpuMicroseconds } = totals;
  return {
    version: 1,
    scope: 'all',
    name,
    ...(recording === undefined ? {} : { recording }),
    ...(startedAt === undefined ? {} : { startedAt }),
    durationMicroseconds: Math.max(0, ...summaries.map(thread => thread.sampledMicroseconds)),
    intervalMicroseconds: samples === 0 ? 0 : times.sampledMicroseconds / samples,
    breakdown: times,
    threads: summaries,
    hotFunctions: functions,
    hotInternals: hotFunctions(profile, totals, MOST.internals, ['node', 'native']),
    hotLines: hotLines(profile, totals, MOST.lines),
    hotPaths: hotPaths(profile, totals, MOST.paths),
    repair,
    findings: findings({ breakdown: times, cpuMicroseconds, samples, hotFunctions: functions, repair }),
    ...(overhead === undefined ? {} : { overhead }),
    problems,
  };
}

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

function summarise({ tree, thread }: ThreadInput, placed: PlacedThread): ThreadSummary {
  const { pid = 0, threadId = 0, name = '', nodeVersion = '', argv = [] } = thread ?? {};
  const times = breakdown({ threads: [placed] });
  return {
    pid,
    threadId,
    name: name || (argv[1] ?? ''),
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

/** The collector and V8's samplers serve a whole process; its main thread's record has them all. */
function sumOverhead(threads: readonly ThreadInput[]): OverheadSummary | undefined {
  const records = threads.flatMap(({ overhead }) => (overhead ? [overhead] : []));
  const processes = threads.flatMap(({ thread, overhead }) =>
    thread?.threadId === 0 && overhead ? [overhead] : [],
  );
  if (processes.length === 0) return undefined;
  const sum = (of: readonly OverheadRecord[], value: (record: OverheadRecord) => number): number =>
    of.reduce((total, record) => total + value(record), 0);
  const cost =
    sum(records, record => record.stallMicroseconds) +
    sum(processes, record => (record.collectorMicroseconds ?? 0) + (record.samplerMicroseconds ?? 0));
  return {
    cpuShare: cost / sum(processes, record => record.processMicroseconds),
    complete: processes.every(record => record.samplerMicroseconds !== null),
    stallMicroseconds: sum(records, record => record.stallMicroseconds),
    longestStallMicroseconds: Math.max(...records.map(record => record.longestStallMicroseconds)),
  };
}
