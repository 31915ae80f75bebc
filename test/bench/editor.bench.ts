/**
 * What Slowcatch costs the editor, measured inside a real VS Code (test/editor; install it with `npm run test:editor`):
 * activation, the way from a saved recording to hints on the screen, blocks of the extension host, keystrokes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { OpenedView } from '../../src/backend/open-view.ts';
import { Recordings } from '../../src/backend/recordings.ts';
import { type BenchDocument, describeDocument } from './document.ts';
import type { StopPlan, WindowMeasurements, WindowPlan } from './editor/measurements.ts';
import { hotProgram } from './editor/program.ts';
import { record, type RecordingPlan, sizeOf } from './editor/record.ts';
import { editorGates, editorRows, type RecordingSize } from './editor/results.ts';

const WINDOW_TIMEOUT_MILLISECONDS = 400_000;

interface Plan {
  readonly recordings: readonly (RecordingPlan & Pick<RecordingSize, 'limit'>)[];
  readonly windows: number;
  readonly window: Pick<WindowPlan, 'openings' | 'keystrokes'>;
}

const FULL: Plan = {
  recordings: [
    { size: '30s', seconds: 30, intervalMicroseconds: 1000, leastSamples: 15_000, limit: 300 },
    { size: '100k', seconds: 36, intervalMicroseconds: 300, leastSamples: 100_000, limit: 500 },
  ],
  windows: 3,
  window: { openings: 3, keystrokes: 60 },
};
const QUICK: Plan = {
  recordings: [{ size: '10s', seconds: 10, intervalMicroseconds: 1000, leastSamples: 1, limit: 300 }],
  windows: 1,
  window: { openings: 4, keystrokes: 30 },
};

export async function run({ quick, root }: { quick: boolean; root: string }): Promise<BenchDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'slowcatch-bench-editor-'));
  try {
    const plan = quick ? QUICK : FULL;
    const program = path.join(folder, 'program', 'hot.js');
    mkdirSync(path.dirname(program));
    writeFileSync(program, hotProgram());
    const recordings: RecordingSize[] = [];
    const stops: StopPlan[] = [];
    for (const each of plan.recordings) {
      const seconds = record(root, program, path.join(folder, each.size), each);
      stops.push({ ...each, milliseconds: seconds * 1000 });
      recordings.push({
        ...each,
        ...sizeOf(path.join(folder, each.size)),
        hints: await hintsOf(folder, each),
      });
    }
    const kept = recordings.map(({ size }) => ({ size, folder: path.join(folder, size) }));
    const windows = Array.from({ length: plan.windows }, (_, turn) =>
      measureWindow(root, { ...plan.window, stops, file: program, recordings: rotated(kept, turn) }),
    );
    const results = {
      bundleBytes: statSync(path.join(root, 'dist', 'extension.cjs')).size,
      recordings,
      windows,
    };
    return { version: 1, name: 'editor', rows: editorRows(results), gates: editorGates(results) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function hintsOf(folder: string, { size }: RecordingPlan): Promise<number> {
  const entry = await new Recordings(folder).entry(size);
  const { view } = await OpenedView.open({ entry, workspaceFolders: [] });
  return Math.max(...view.files.map(({ hints }) => hints.length));
}

/** Each is the first that a server opens in some window. */
function rotated<T>(values: readonly T[], turn: number): readonly T[] {
  const start = turn % values.length;
  return [...values.slice(start), ...values.slice(0, start)];
}

function measureWindow(root: string, plan: WindowPlan): WindowMeasurements {
  const script = path.join(root, 'test', 'bench', 'editor', 'window.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, JSON.stringify(plan)], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: WINDOW_TIMEOUT_MILLISECONDS,
  });
  return JSON.parse(output) as WindowMeasurements;
}

export const describe = describeDocument;
