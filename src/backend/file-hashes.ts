/** Hashes of a program's sources as it ran them: whether an editor's text is still the one that was recorded. */
import path from 'node:path';
import { FILE_HASHES_FILE } from '../contracts/recording-files.ts';
import { FileHashesSchema, type FileHashes } from '../contracts/recording.ts';
import { fileOf } from '../model/source/source-url.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { byStart, type RecordedThread } from './recorded-threads.ts';
import { hashOfText } from './text-hash.ts';
import { RecordedEdits } from './watch/recorded-edits.ts';
import { textsThatRan, type RanScript } from './texts-that-ran.ts';

const MOST_SCRIPTS = 5000;
/** Scripts that are looked at side by side. */
const AT_ONCE = 16;

/** Call it when the program has ended: later the disk may hold other texts. */
export async function keepFileHashes(recording: string, threads: readonly RecordedThread[]): Promise<void> {
  await writeJsonFile(path.join(recording, FILE_HASHES_FILE), await hashFiles(recording, threads));
}

/** As they were kept; of a recording that was not closed, what can still be told. */
export async function fileHashes(recording: string, threads: readonly RecordedThread[]): Promise<FileHashes> {
  const kept = await readJsonFile(path.join(recording, FILE_HASHES_FILE), FileHashesSchema);
  return kept ?? (await hashFiles(recording, threads));
}

async function hashFiles(recording: string, threads: readonly RecordedThread[]): Promise<FileHashes> {
  const hashes: Record<string, string> = {};
  const edits = await RecordedEdits.of(recording);
  const scripts = newestScripts(threads).slice(0, MOST_SCRIPTS);
  for (let next = 0; next < scripts.length; next += AT_ONCE) {
    const some = scripts.slice(next, next + AT_ONCE);
    const texts = await Promise.all(some.map(ran => textsThatRan(recording, ran)));
    for (const [file, text] of texts.flat()) hashes[file] = hashOfText(edits.in(file, text)?.text ?? text);
  }
  return hashes;
}

/** One script for each file and place in it: hints are those of the newest. */
function newestScripts(threads: readonly RecordedThread[]): RanScript[] {
  const newest = new Map<string, RanScript>();
  for (const { thread, scripts } of byStart(threads))
    for (const script of scripts)
      newest.set([fileOf(script.url), script.startLine, script.startColumn].join(' '), {
        script,
        // Where that is not known, no file can be trusted.
        startedAt: thread.startedAtMilliseconds ?? 0,
      });
  return [...newest.values()];
}
