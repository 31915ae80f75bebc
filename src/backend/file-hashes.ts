/** Hashes of a program's sources when its recording ended: whether an editor's text is still what ran. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { FILE_HASHES_FILE } from '../contracts/recording-files.ts';
import { FileHashesSchema, type FileHashes, type ScriptRecord } from '../contracts/recording.ts';
import { comparableText } from '../format/source-text.ts';
import { openSourceMap } from '../model/source/source-map.ts';
import { fileOf } from '../model/source/source-url.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { readRegularFile } from './regular-file.ts';
import { sourceMapText } from './source-map-text.ts';

const PACKAGE = /[\\/]node_modules[\\/]/;
const MOST_FILES = 5000;

/** Call it when the program has ended, with the scripts of all threads. */
export async function keepFileHashes(recording: string, scripts: readonly ScriptRecord[]): Promise<void> {
  const files = new Set<string>();
  for (const script of scripts) {
    const own = await sourcesOf(recording, script);
    for (const file of own) if (path.isAbsolute(file) && !PACKAGE.test(file)) files.add(file);
  }
  const hashes: Record<string, string> = {};
  for (const file of [...files].slice(0, MOST_FILES)) {
    const content = await readRegularFile(file);
    if (content.ok) hashes[file] = hashOfText(content.bytes.toString('utf8'));
  }
  await writeJsonFile(path.join(recording, FILE_HASHES_FILE), hashes);
}

/** None for a recording that was not closed, or by an older Slowcatch. */
export async function readFileHashes(recording: string): Promise<FileHashes> {
  return (await readJsonFile(path.join(recording, FILE_HASHES_FILE), FileHashesSchema)) ?? {};
}

/** What an editor compares its own text with. */
export const hashOfText = (text: string): string =>
  createHash('sha256').update(comparableText(text)).digest('hex');

/** The script's file and, where it has a source map, those that it was made from. */
async function sourcesOf(recording: string, script: ScriptRecord): Promise<string[]> {
  if (script.url.startsWith('node:')) return [];
  const file = fileOf(script.url);
  if (script.sourceMapUrl === '' || PACKAGE.test(file)) return [file];
  const text = await sourceMapText(recording, script);
  if (!text.ok) return [file];
  const opened = openSourceMap(text.text, { mapUrl: script.sourceMapUrl, scriptUrl: script.url });
  return opened.ok ? [file, ...opened.map.files] : [file];
}
