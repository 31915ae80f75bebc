/** Real recordings of the bench's program, made by our own command line. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SEGMENT_FILE_PATTERN, THREAD_FOLDER_PATTERN } from '../../../src/contracts/recording-files.ts';

/** The program says itself when its time is over. */
export interface RecordingPlan {
  readonly size: string;
  readonly seconds: number;
  readonly intervalMicroseconds: number;
  /** A busy machine takes fewer in that time: then it is made longer. */
  readonly leastSamples: number;
}

const ATTEMPTS = 3;
const MARGIN = 1.15;

/** Records `program` into `folder`, again for longer when the samples were too few; answers for how many seconds. */
export function record(root: string, program: string, folder: string, plan: RecordingPlan): number {
  let { seconds } = plan;
  for (let attempt = 1; ; attempt++) {
    recordFor(seconds, root, program, folder, plan);
    const { samples } = sizeOf(folder);
    if (samples >= plan.leastSamples) return seconds;
    if (attempt === ATTEMPTS || samples === 0)
      throw new Error(`only ${samples} samples in ${seconds} s, ${plan.leastSamples} are wanted`);
    seconds = Math.ceil((seconds * MARGIN * plan.leastSamples) / samples);
    rmSync(folder, { recursive: true });
  }
}

function recordFor(
  seconds: number,
  root: string,
  program: string,
  folder: string,
  { intervalMicroseconds }: RecordingPlan,
): void {
  const cli = path.join(root, 'dist', 'cli.cjs');
  const options = ['--interval', `${intervalMicroseconds / 1000}ms`, '--out', folder];
  const command = [process.execPath, program, String(seconds * 1000)];
  execFileSync(process.execPath, [cli, 'run', ...options, '--', ...command], {
    cwd: path.dirname(program),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Samples and segments on disk. */
export function sizeOf(recording: string): { readonly samples: number; readonly segments: number } {
  const files = readdirSync(recording)
    .filter(name => THREAD_FOLDER_PATTERN.test(name))
    .flatMap(name => readdirSync(path.join(recording, name)).map(file => path.join(recording, name, file)))
    .filter(file => SEGMENT_FILE_PATTERN.test(path.basename(file)));
  const counts = files.map(file => {
    const profile = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { samples: unknown[] };
    return profile.samples.length;
  });
  return { samples: counts.reduce((sum, count) => sum + count, 0), segments: files.length };
}
