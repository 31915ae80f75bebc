/** Runs of programs with watched functions, and what the agent has written of them. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { OperationRecord, RouteCounts, RoutesFile } from '../../src/contracts/operations.ts';
import { ROUTES_FILE, OPERATIONS_FILE, THREAD_FOLDER_PATTERN } from '../../src/contracts/recording-files.ts';
import { slowcatch, type Ended } from './cli.ts';

export interface WatchedCalls {
  readonly routes: readonly RouteCounts[];
  readonly problems: RoutesFile['problems'];
  readonly operations: readonly OperationRecord[];
}

export interface WatchedRun extends Ended, WatchedCalls {}

/** Runs a program with these functions of a file watched, `name` or `name=50ms`, and records into `out`. */
export async function watch(
  out: string,
  command: readonly string[],
  file: string,
  functions: readonly string[],
): Promise<WatchedRun> {
  const options = functions.flatMap(each => ['--watch-function', `${file}:${each}`]);
  const ended = await slowcatch(['run', '--out', out, '--json', ...options, '--', ...command], {
    cwd: path.dirname(file),
  });
  return { ...ended, ...watchedCalls(out) };
}

/** What the recording in this folder says of watched functions. */
export function watchedCalls(out: string): WatchedCalls {
  const threads = readdirSync(out).filter(name => THREAD_FOLDER_PATTERN.test(name));
  const read = (name: string) => threads.map(thread => text(path.join(out, thread, name))).filter(Boolean);
  const counted = read(ROUTES_FILE).map(each => JSON.parse(each) as RoutesFile);
  return {
    routes: counted.flatMap(({ routes }) => routes.filter(({ kind }) => kind === 'call')),
    problems: counted.flatMap(({ problems }) => problems),
    operations: read(OPERATIONS_FILE).flatMap(lines =>
      lines
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as OperationRecord),
    ),
  };
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
