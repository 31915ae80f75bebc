/**
 * Garbage collections as recorded against what V8 itself prints of the same runs (`--trace-gc`): every one, and all
 * pauses together within 2 %, on each version. V8 prints into a file. The same printed into a pipe shows what the
 * printing does: a pause that seems milliseconds longer is one in which the reader of V8's line had the processor.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atMost, median, medianWithInterval, type BenchDocument, type Gate, type Row } from './document.ts';
import { compareRun, type ComparedRun, type Sink } from './gc-pauses/compared-run.ts';
import { MAJORS, nodeVersions } from './node-versions.ts';

const MOST_DIFFERENCE = 0.02;
const MODES = ['blocked', 'turns'] as const;
/** Runs of each mode. */
const FULL = { file: 6, pipe: 3 };
const QUICK = { file: 2, pipe: 1 };

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slowcatch-gc-pauses-'));
  const counts = quick ? QUICK : FULL;
  const rows: Row[] = [];
  const gates: Gate[] = [];
  try {
    for (const { major, node } of await nodeVersions(root, MAJORS)) {
      console.error(`Node ${major} …`);
      const measure = async (sink: Sink): Promise<ComparedRun[]> => {
        const runs: ComparedRun[] = [];
        for (let round = 0; round < counts[sink]; round++)
          for (const mode of MODES) runs.push(await compareRun({ root, node, mode, sink, folder }));
        return runs;
      };
      const runs = await measure('file');
      rows.push(rowOf(major, 'printed into a file', runs));
      rows.push(rowOf(major, 'printed into a pipe', await measure('pipe')));
      gates.push(...gatesOf(major, runs));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return { version: 1, name: 'gc-pauses', rows, gates };
}

function rowOf(major: number, row: string, runs: readonly ComparedRun[]): Row {
  const ratios = runs.map(({ ratio }) => ratio);
  return {
    ...{ row, node: major, runs: runs.length },
    collections: median(runs.map(({ collections }) => collections)),
    totalPauseRatio: median(ratios),
    lowestRatio: Math.min(...ratios),
    highestRatio: Math.max(...ratios),
    medianExcessMicroseconds: 1000 * median(runs.map(({ medianExcess }) => medianExcess)),
    mostExcessMilliseconds: Math.max(...runs.map(({ mostExcess }) => mostExcess)),
  };
}

function gatesOf(major: number, runs: readonly ComparedRun[]): Gate[] {
  const differences = runs.map(({ ratio }) => Math.abs(ratio - 1));
  const exactly = (value: number) => ({ value, low: value, high: value });
  const other = runs.filter(({ isSame }) => !isSame).length;
  return [
    atMost(`Node ${major}: runs whose collections are others than those printed`, 0, exactly(other)),
    atMost(
      `Node ${major}: all pauses differ by (median run)`,
      MOST_DIFFERENCE,
      medianWithInterval(differences),
    ),
    atMost(
      `Node ${major}: all pauses differ by (worst run)`,
      MOST_DIFFERENCE,
      exactly(Math.max(...differences)),
    ),
  ];
}

export { describeDocument as describe } from './document.ts';
