import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ScriptRecord } from '../contracts/recording.ts';
import { openSourceMap } from '../model/source/source-map.ts';
import { sourceFile } from './script-text.ts';
import { externalMapText, isInline } from './source-map-text.ts';
import { SourceProblems } from './source-problems.ts';
import type { SourceProblem } from './source-problems.ts';

/** All maps of a recording together, packed. */
const LARGEST_KEPT_BYTES = 256 * 1024 * 1024;

const pack = promisify(gzip);

/**
 * Copies the source maps that stand in files of their own into the recording, so that it survives the next build.
 * A file is copied only if it is a source map: a script may name any file. Call it when the program has ended, with
 * the scripts of all threads; what could not be copied comes back as problems.
 */
export async function keepSources(
  recordingFolder: string,
  scripts: readonly ScriptRecord[],
): Promise<readonly SourceProblem[]> {
  const problems = new SourceProblems();
  let room = LARGEST_KEPT_BYTES;
  for (const script of scripts) {
    const copy = sourceFile(recordingFolder, script, 'map');
    if (script.sourceMapUrl === '' || isInline(script) || copy === undefined || existsSync(copy)) continue;
    const packed = await packedMap(script, problems);
    if (packed === undefined) continue;
    room -= packed.length;
    const failure = room < 0 ? 'the recording is full' : await writeWhole(copy, packed);
    if (failure !== undefined) problems.add('source-map-not-kept', script.url, failure);
  }
  return problems.list;
}

async function packedMap(script: ScriptRecord, problems: SourceProblems): Promise<Buffer | undefined> {
  const source = await externalMapText(script);
  if (!source.ok) {
    problems.add(source.code, script.url, source.detail);
    return undefined;
  }
  const opened = openSourceMap(source.text, { mapUrl: script.sourceMapUrl, scriptUrl: script.url });
  if (opened.ok) return pack(source.text);
  problems.add(opened.problem, script.url, opened.detail);
  return undefined;
}

/** A reader sees all of the file or none of it. Answers why it could not be written. */
async function writeWhole(file: string, content: Buffer): Promise<string | undefined> {
  const part = `${file}.${process.pid}.part`;
  try {
    await fs.writeFile(part, content);
    await fs.rename(part, file);
    return undefined;
  } catch (error) {
    await fs.rm(part, { force: true });
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
