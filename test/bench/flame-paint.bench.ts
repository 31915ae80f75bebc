/**
 * How long until a flamegraph is on the screen, and how much memory that takes: our view with the files that the server
 * writes for it, against speedscope itself with the same `.cpuprofile`, in turns, each in a fresh Chromium (test/editor
 * has it: `npm run test:editor`). The floor is an empty page. The time that the server needs stands in a row of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { burntStacks } from '../../src/analysis/stacks/burnt-stacks.ts';
import { placeFunctions } from '../../src/analysis/cpu/placed-profile.ts';
import { openInput } from '../../src/backend/open-input.ts';
import { stacksOf } from '../../src/backend/open-stacks.ts';
import { flameFile } from '../../src/present/flame/flame-file.ts';
import { functionTable } from '../../src/present/flame/function-table.ts';
import {
  atMost,
  type BenchDocument,
  describeDocument,
  type Estimate,
  median,
  medianWithInterval,
  type Row,
} from './document.ts';
import { generateProfile, SHAPES } from './generate-profile.ts';

const MOST_MILLISECONDS = 600;
const MOST_BYTES = 250e6;
/** Ours may take so much of speedscope's own time: it is 20 times slower. */
const MOST_SHARE = 1 / 20;
const ROUNDS = { full: 7, quick: 1 };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-flame-'));
  try {
    const profile = path.join(folder, '1M.cpuprofile');
    generateProfile(profile, SHAPES['1M']);
    const made = await makeFiles(folder, profile);
    const painted = paint(root, quick ? ROUNDS.quick : ROUNDS.full, [profile, made.flame, made.table]);
    const [ours, stock] = [painted.ours, painted.speedscope].map(each =>
      each.map(({ milliseconds }) => milliseconds),
    );
    return {
      version: 1,
      name: 'flame-paint',
      rows: [
        made.row,
        rowOf('ours: from the hand-over of its data to the first paint', painted.ours),
        rowOf('ours: from navigation, with the data there at once', painted.oursFromNavigation),
        rowOf('speedscope 1.25.0: from the choice of the file to the first paint', painted.speedscope),
        rowOf('an empty page', painted.empty),
      ],
      gates: [
        atMost(
          'milliseconds from the hand-over to the first paint',
          MOST_MILLISECONDS,
          medianWithInterval(ours!),
        ),
        atMost('share of the time that speedscope itself takes', MOST_SHARE, ratio(ours!, stock!)),
        atMost('peak of the renderer, bytes', MOST_BYTES, peakOf(painted.ours)),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the server does it, within this process. */
async function makeFiles(folder: string, profile: string) {
  const start = performance.now();
  const input = await openInput(profile);
  const stacks = stacksOf(input, () => placeFunctions(input.threads));
  const opened = performance.now();
  const burnt = burntStacks(stacks).profile;
  const [flame, table] = ['flame', 'table'].map(name => path.join(folder, `${name}.json`));
  writeFileSync(flame!, flameFile(burnt, file => file).text);
  writeFileSync(table!, JSON.stringify(functionTable(burnt, file => file)));
  const row: Row = {
    row: 'the server: reads the profile, writes the view files',
    megabytesRead: statSync(profile).size / 1e6,
    readMilliseconds: opened - start,
    writeMilliseconds: performance.now() - opened,
    flameMegabytes: statSync(flame!).size / 1e6,
    tableMegabytes: statSync(table!).size / 1e6,
  };
  return { flame: flame!, table: table!, row };
}

interface Painted {
  readonly milliseconds: number;
  readonly peakBytes: number;
}

type Way = 'ours' | 'oursFromNavigation' | 'speedscope' | 'empty';

function paint(root: string, rounds: number, files: readonly string[]): Record<Way, Painted[]> {
  const script = path.join(root, 'test/bench/flame-paint/paint.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, String(rounds), ...files], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output) as Record<Way, Painted[]>;
}

const rowOf = (row: string, painted: readonly Painted[]): Row => ({
  row,
  milliseconds: median(painted.map(({ milliseconds }) => milliseconds)),
  rendererMegabytes: median(painted.map(({ peakBytes }) => peakBytes)) / 1e6,
  pages: painted.length,
});

/** Rounds are pairs: what slows the machine down slows both. */
const ratio = (ours: readonly number[], stock: readonly number[]): Estimate =>
  medianWithInterval(ours.map((time, round) => time / stock[round]!));

const peakOf = (painted: readonly Painted[]): Estimate =>
  medianWithInterval(painted.map(({ peakBytes }) => peakBytes));

export const describe = describeDocument;
