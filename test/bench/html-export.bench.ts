/**
 * The exported HTML page against the one that 0x itself makes of the same `.cpuprofile`: size, time to write it, and time
 * from navigation to the first painted graph, in turns, each in a fresh Chromium (test/editor has it: `npm run
 * test:editor`). The floor is a page with one line of script that draws a rectangle.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zeroEks from '0x';
import {
  atMost,
  type BenchDocument,
  describeDocument,
  median,
  medianWithInterval,
  type Row,
} from './document.ts';
import { generateProfile, SHAPES } from './generate-profile.ts';

const MOST_SHARE_OF_STOCK = 1 / 8;
const MOST_MILLISECONDS = 1000;
const FLOOR =
  '<!doctype html><canvas></canvas><script>document.querySelector("canvas").getContext("2d").fillRect(0, 0, 9, 9)</script>';

interface Sizes {
  readonly shape: keyof typeof SHAPES;
  readonly rounds: number;
}

const FULL: Sizes = { shape: '1M', rounds: 9 };
const QUICK: Sizes = { shape: '1M', rounds: 2 };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-html-'));
  try {
    const { shape, rounds } = quick ? QUICK : FULL;
    const profile = path.join(folder, `${shape}.cpuprofile`);
    generateProfile(profile, SHAPES[shape]);
    const pages = await write(root, folder, profile);
    const painted = paint(
      root,
      rounds,
      pages.map(({ file }) => file),
    );
    const rows = pages.map(page => rowOf(page, shape, painted[page.file]!));
    const [ours, stock] = pages.map(({ file }) => statSync(file).size);
    const share = ours! / stock!;
    return {
      version: 1,
      name: 'html-export',
      rows,
      gates: [
        atMost(`size, of that of 0x's own page (${shape} samples)`, MOST_SHARE_OF_STOCK, {
          ...{ value: share, low: share, high: share },
        }),
        atMost(
          `milliseconds to the first paint (${shape} samples)`,
          MOST_MILLISECONDS,
          medianWithInterval(painted[pages[0]!.file]!),
        ),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface WrittenPage {
  readonly name: string;
  readonly file: string;
  readonly writeMilliseconds: number;
}

/** Ours, 0x's own, and the floor. */
async function write(root: string, folder: string, profile: string): Promise<WrittenPage[]> {
  const [ours = '', stock = '', floor = ''] = ['ours', '0x', 'floor'].map(name =>
    path.join(folder, `${name}.html`),
  );
  const start = performance.now();
  execFileSync(process.execPath, [path.join(root, 'dist/cli.cjs'), 'analyze', profile, '--html', ours]);
  const between = performance.now();
  await zeroEks({ visualizeCpuProfile: profile, workingDir: folder, outputHtml: stock, title: 'stock' });
  const end = performance.now();
  writeFileSync(floor, FLOOR);
  return [
    { name: 'ours, with the analysis', file: ours, writeMilliseconds: between - start },
    { name: '0x 6.0.0', file: stock, writeMilliseconds: end - between },
    { name: 'a rectangle', file: floor, writeMilliseconds: 0 },
  ];
}

function paint(root: string, rounds: number, files: readonly string[]): Record<string, number[]> {
  const script = path.join(root, 'test/bench/html-export/paint.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, String(rounds), ...files], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output) as Record<string, number[]>;
}

function rowOf(
  { name, file, writeMilliseconds }: WrittenPage,
  shape: string,
  paints: readonly number[],
): Row {
  return {
    row: `${name}, ${shape} samples`,
    megabytes: statSync(file).size / 1e6,
    writeMilliseconds,
    firstPaintMilliseconds: median(paints),
    pages: paints.length,
  };
}

export const describe = describeDocument;
