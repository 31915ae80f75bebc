/** One program on one Node.js: recorded with inlining and without, in turn, and compared. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { median } from '../document.ts';
import { agreement, pooled, totalOf, type FunctionTimes } from './function-times.ts';
import { idleGaps } from './idle-gaps.ts';
import type { InliningProgram } from './programs.ts';
import { readRun, recordRun, type ReadRun } from './recorded-run.ts';

export interface Comparison {
  readonly program: string;
  /** CPU time of the main thread without inlining, as a share of that with it: median over the repetitions. */
  readonly cpuRatio: number;
  /** Whether the program without inlining is the same program still: then it tells the truth. */
  readonly isAdmitted: boolean;
  readonly measured: readonly ReadRun[];
  readonly truth: readonly FunctionTimes[];
}

export interface Subject {
  readonly program: InliningProgram;
  readonly major: number;
  /** Absolute path of the Node.js binary. */
  readonly node: string;
  readonly root: string;
  /** Takes the recordings. */
  readonly folder: string;
}

const REPETITIONS = 3;
const MOST_REPETITIONS = 5;
const ADMITTED_DIFFERENCE = 0.03;
/** Node 22 was the first with Maglev, which inlines too. */
const FIRST_WITH_MAGLEV = 22;

/** Repeats more often where the first repetitions do not agree on the CPU time. `repetitions` are the least. */
export async function compareProgram(subject: Subject, repetitions = REPETITIONS): Promise<Comparison> {
  const measured: Run[] = [];
  const truth: Run[] = [];
  const most = Math.max(repetitions, repetitions === 1 ? 1 : MOST_REPETITIONS);
  while (truth.length < repetitions || (truth.length < most && !isAdmitted(cpuRatio(measured, truth)))) {
    const isOdd = truth.length % 2 === 1;
    for (const inlining of isOdd ? [false, true] : [true, false])
      (inlining ? measured : truth).push(await run(subject, inlining, truth.length));
  }
  const ratio = cpuRatio(measured, truth);
  return {
    program: subject.program.name,
    cpuRatio: ratio,
    isAdmitted: isAdmitted(ratio),
    measured: measured.map(({ read }) => read),
    truth: truth.map(({ read }) => read.raw),
  };
}

export interface Agreements {
  readonly repaired: number;
  readonly raw: number;
  /** Of each run without inlining with the others: more cannot be measured. */
  readonly floor: number;
}

export function agreementsOf({ measured, truth }: Pick<Comparison, 'measured' | 'truth'>): Agreements {
  const all = pooled(truth);
  const floors = truth.map((one, index) =>
    agreement(one, pooled(truth.filter((_, other) => other !== index))),
  );
  return {
    repaired: agreement(pooled(measured.map(({ repaired }) => repaired)), all),
    raw: agreement(pooled(measured.map(({ raw }) => raw)), all),
    floor: truth.length > 1 ? floors.reduce((sum, floor) => sum + floor, 0) / floors.length : 1,
  };
}

/** Shares of the program's own and Node's time. */
export function repairShares({
  measured,
}: Comparison): Record<'repaired' | 'estimated' | 'ambiguous' | 'notRepaired', number> {
  const total = measured.reduce((sum, { repaired }) => sum + totalOf(repaired), 0);
  const share = (key: keyof ReadRun['repair']): number =>
    measured.reduce((sum, { repair }) => sum + repair[key], 0) / total;
  return {
    repaired: share('repairedMicroseconds'),
    estimated: share('estimatedMicroseconds'),
    ambiguous: share('ambiguousMicroseconds'),
    notRepaired: share('notRepairedMicroseconds'),
  };
}

interface Run {
  readonly cpuMilliseconds: number;
  readonly read: ReadRun;
}

async function run(subject: Subject, inlining: boolean, repetition: number): Promise<Run> {
  const { program, major, node, root } = subject;
  const folder = path.join(
    subject.folder,
    `${program.name}-${major}-${inlining ? 'inlined' : 'plain'}-${repetition}`,
  );
  const flags = inlining ? [] : flagsWithoutInlining(major);
  const { cpuMilliseconds } = await recordRun({ program, node, flags, root, folder });
  await idleGaps(folder);
  const read = await readRun(folder);
  await rm(folder, { recursive: true });
  return { cpuMilliseconds, read };
}

const flagsWithoutInlining = (major: number): string[] => [
  '--no-turbo-inlining',
  ...(major >= FIRST_WITH_MAGLEV ? ['--no-maglev-inlining'] : []),
];

const cpuRatio = (measured: readonly Run[], truth: readonly Run[]): number =>
  median(truth.map(({ cpuMilliseconds }) => cpuMilliseconds)) /
  median(measured.map(({ cpuMilliseconds }) => cpuMilliseconds));

const isAdmitted = (ratio: number): boolean => Math.abs(ratio - 1) <= ADMITTED_DIFFERENCE;
