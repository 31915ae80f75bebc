/** Real recordings of the bench's program, made by our own command line. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SEGMENT_FILE_PATTERN, THREAD_FOLDER_PATTERN } from '../../../src/contracts/recording-files.ts';

/** The program says itself when its time is over. */
export interface RecordingPlan {
  readonly size: string;
  readonly seconds: number;
  readonly interval: string;
}

/** Records `program` into `folder`. */
export function record(
  root: string,
  program: string,
  folder: string,
  { seconds, interval }: RecordingPlan,
): void {
  const cli = path.join(root, 'dist', 'cli.cjs');
  const options = ['--interval', interval, '--out', folder];
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
