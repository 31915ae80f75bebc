import { aggregate } from '../analysis/profile/aggregate.ts';
import { hotFunctions, hotInternals, hotLines } from '../analysis/profile/hot-functions.ts';
import { hotPaths } from '../analysis/profile/hot-paths.ts';
import type { SampledThread } from '../analysis/profile/sampled-thread.ts';
import { findings } from '../analysis/findings/all.ts';
import type {
  OverheadSummary,
  ProfileDocument,
  RepairSummary,
  ThreadSummary,
} from '../contracts/document.ts';
import type { OverheadRecord, RecordedProblem, ThreadRecord } from '../contracts/recording.ts';

/** One thread with what the recording knows of it; a foreign profile has neither record. */
export interface ThreadInput extends SampledThread {
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
  const profile = aggregate(threads);
  const functions = hotFunctions(profile);
  const repair = sumRepairs(threads.map(thread => thread.repair));
  const summaries = threads.map(summarise);
  const overhead = sumOverhead(threads);
  return {
    version: 1,
    scope: 'all',
    name,
    ...(recording === undefined ? {} : { recording }),
    ...(startedAt === undefined ? {} : { startedAt }),
    durationMicroseconds: Math.max(0, ...summaries.map(thread => thread.sampledMicroseconds)),
    intervalMicroseconds: profile.samples === 0 ? 0 : profile.breakdown.sampledMicroseconds / profile.samples,
    breakdown: profile.breakdown,
    threads: summaries,
    hotFunctions: functions,
    hotInternals: hotInternals(profile),
    hotLines: hotLines(profile),
    hotPaths: hotPaths(threads, profile.cpuMicroseconds),
    repair,
    findings: findings({ profile, hotFunctions: functions, repair }),
    ...(overhead === undefined ? {} : { overhead }),
    problems,
  };
}

function summarise(thread: ThreadInput): ThreadSummary {
  const { breakdown, cpuMicroseconds, samples } = aggregate([thread]);
  const { pid = 0, threadId = 0, name = '', nodeVersion = '', argv = [] } = thread.thread ?? {};
  return {
    pid,
    threadId,
    name: name || (argv[1] ?? ''),
    nodeVersion,
    sampledMicroseconds: breakdown.sampledMicroseconds,
    samples: Math.round(samples),
    cpuMicroseconds,
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
