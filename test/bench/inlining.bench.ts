/**
 * Do the hot functions carry the right names where V8 inlines? Each program is recorded as users do, with V8's
 * answer repaired, and without inlining, where V8's answer is right. Agreement is the sum over functions of the
 * smaller of both shares of self time, in the sources' terms.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mulberry32, percentile, type BenchDocument, type Gate, type Row } from './document.ts';
import { agreementsOf, compareProgram, repairShares, type Comparison } from './inlining/compared-program.ts';
import { inliningPrograms, QUICK } from './inlining/programs.ts';
import { nodeVersions } from './node-versions.ts';

const JUDGED = [20, 22, 24];
/** Splits inlined functions by itself: shows what the method can measure. */
const REFERENCE = 26;
const QUICK_VERSION = 20;
const LEAST_AGREEMENT = 0.97;
const LEAST_PROGRAMS = 12;
const RESAMPLES = 400;
const SEED = 20_261_123;

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const majors = quick ? [QUICK_VERSION] : [...JUDGED, REFERENCE];
  const folder = await mkdtemp(path.join(tmpdir(), 'slowcatch-inlining-'));
  try {
    const programs = await inliningPrograms(root, folder);
    const chosen = quick ? programs.filter(({ name }) => QUICK.includes(name)) : programs;
    const rows: Row[] = [];
    const gates: Gate[] = [];
    for (const { major, node } of await nodeVersions(root, majors)) {
      const compared: Comparison[] = [];
      for (const program of chosen) {
        console.error(`Node ${major}: ${program.name} …`);
        compared.push(
          await compareProgram({ program, major, node, root, folder }, major === REFERENCE ? 1 : 3),
        );
      }
      rows.push(...compared.map(comparison => rowOf(major, comparison)), summaryRow(major, compared));
      if (major !== REFERENCE) gates.push(...gatesOf(major, compared, quick));
    }
    return { version: 1, name: 'inlining', rows, gates };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function rowOf(major: number, comparison: Comparison): Row {
  const { repaired: agreement, raw, floor } = agreementsOf(comparison);
  return {
    node: major,
    program: comparison.program,
    agreement: rounded(agreement),
    rawAgreement: rounded(raw),
    floor: rounded(floor),
    cpuRatio: rounded(comparison.cpuRatio),
    admitted: comparison.isAdmitted ? 'yes' : 'no: without inlining it is another program',
    ...Object.fromEntries(
      Object.entries(repairShares(comparison)).map(([key, share]) => [`${key}Share`, rounded(share)]),
    ),
  };
}

function summaryRow(major: number, compared: readonly Comparison[]): Row {
  const admitted = compared.filter(({ isAdmitted }) => isAdmitted);
  const agreements = admitted.map(comparison => agreementsOf(comparison));
  return {
    node: major,
    program: 'all admitted',
    agreement: rounded(mean(agreements.map(({ repaired }) => repaired))),
    rawAgreement: rounded(mean(agreements.map(({ raw }) => raw))),
    floor: rounded(mean(agreements.map(({ floor }) => floor))),
    minimum: rounded(Math.min(...agreements.map(({ repaired }) => repaired))),
    programs: admitted.length,
  };
}

function gatesOf(major: number, compared: readonly Comparison[], quick: boolean): Gate[] {
  const admitted = compared.filter(({ isAdmitted }) => isAdmitted);
  const value = mean(admitted.map(comparison => agreementsOf(comparison).repaired));
  const { low, high } = interval(admitted, value);
  const verdict = low >= LEAST_AGREEMENT ? 'pass' : high < LEAST_AGREEMENT ? 'fail' : 'unsure';
  const agreement: Gate = {
    name: `Node ${major}: mean agreement with the truth`,
    ...{ value, limit: LEAST_AGREEMENT, low, high, verdict },
  };
  const count = admitted.length;
  const limit = quick ? 2 : LEAST_PROGRAMS;
  const programs: Gate = {
    name: `Node ${major}: programs that can be judged`,
    ...{ value: count, limit, low: count, high: count, verdict: count >= limit ? 'pass' : 'fail' },
  };
  return [agreement, programs];
}

/** 95 % interval by the bootstrap over repetitions, set around the value: repeated runs agree less than distinct ones. */
function interval(compared: readonly Comparison[], value: number): { low: number; high: number } {
  const random = mulberry32(SEED);
  const draw = <T>(values: readonly T[]): T[] =>
    values.map(() => values[Math.floor(random() * values.length)]!);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(
      compared.map(
        ({ measured, truth }) => agreementsOf({ measured: draw(measured), truth: draw(truth) }).repaired,
      ),
    ),
  );
  const middle = percentile(means, 0.5);
  return { low: value + percentile(means, 0.025) - middle, high: value + percentile(means, 0.975) - middle };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

export function describe({ rows, gates }: BenchDocument): string {
  const percent = (value: string | number | undefined): string =>
    typeof value === 'number' ? `${(value * 100).toFixed(1)} %`.padStart(8) : ''.padStart(8);
  const lines = rows.map(row =>
    [
      String(row['node']),
      String(row['program']).padEnd(16),
      `repaired ${percent(row['agreement'])}`,
      `raw ${percent(row['rawAgreement'])}`,
      `floor ${percent(row['floor'])}`,
      row['programs'] === undefined
        ? `CPU ×${Number(row['cpuRatio']).toFixed(3)}  judged: ${row['admitted']}`
        : `lowest ${percent(row['minimum'])}  programs: ${row['programs']}`,
    ].join('  '),
  );
  const verdicts = gates.map(
    ({ name, value, limit, low, high, verdict }) =>
      `${verdict}: ${name}: ${value.toFixed(3)} (${low.toFixed(3)} … ${high.toFixed(3)}), at least ${limit}`,
  );
  return [...lines, '', ...verdicts].join('\n');
}
