/** Watched functions of files that no thread of a recording has read. */
import path from 'node:path';
import { RoutesFileSchema, type RoutesFile } from '../../contracts/operations.ts';
import { ROUTES_FILE, WATCHED_FILE } from '../../contracts/recording-files.ts';
import { WatchedFilesSchema, type WatchedFile } from '../../contracts/watched.ts';
import { readJsonFile } from '../json-file.ts';

/** Absolute path as settings name it. */
interface NeverLoaded extends Record<string, string> {
  readonly function: string;
  readonly file: string;
}

/** None where a thread does not tell what it has read: one that was killed. */
export async function neverLoaded(
  recording: string,
  threads: readonly { readonly folder: string }[],
): Promise<NeverLoaded[]> {
  const files = await readJsonFile(path.join(recording, WATCHED_FILE), WatchedFilesSchema);
  if (!files || threads.length === 0) return [];
  const told = await Promise.all(
    threads.map(({ folder }) => readJsonFile(path.join(folder, ROUTES_FILE), RoutesFileSchema)),
  );
  const complete = told.flatMap(each => (each?.watched ? [each] : []));
  return complete.length === threads.length ? missing(files, complete) : [];
}

function missing(files: readonly WatchedFile[], threads: readonly RoutesFile[]): NeverLoaded[] {
  const seen = new Set(
    threads.flatMap(({ watched = [], problems }) => [...watched, ...problems.map(({ detail }) => detail)]),
  );
  const wanted = new Map<string, NeverLoaded>();
  const met = new Set<string>();
  for (const { file, functions } of files)
    for (const { name, source = file } of functions) {
      wanted.set(`${name} ${source}`, { function: name, file: source });
      if (seen.has(file)) met.add(`${name} ${source}`);
    }
  return [...wanted].filter(([key]) => !met.has(key)).map(([, each]) => each);
}
