/** The sources behind a script, as they were when it ran, as far as that can be told. */
import path from 'node:path';
import type { ScriptRecord } from '../contracts/recording.ts';
import { sourceTexts } from '../model/source/source-map.ts';
import { fileOf } from '../model/source/source-url.ts';
import { isStillOnDisk, programText } from './script-text.ts';
import { sourceMapText } from './source-map-text.ts';
import { textOfThen, writtenAt } from './text-of-then.ts';

/** A script, and when the newest process that ran it started: milliseconds of the wall clock. */
export interface RanScript {
  readonly script: ScriptRecord;
  readonly startedAt: number;
}

/** (absolute path, text). */
type FileText = readonly [file: string, text: string];

const PACKAGE = /[\\/]node_modules[\\/]/;
const TYPESCRIPT = /\.[cm]?tsx?$/;

/** The script's file and, where it has a source map, those that it was made from. */
export async function textsThatRan(recording: string, ran: RanScript): Promise<FileText[]> {
  const file = fileOf(ran.script.url);
  if (ran.script.url.startsWith('node:')) return [];
  const sources = await mappedSources(recording, ran.script);
  const texts: FileText[] = [];
  for (const [source, content] of sources) {
    const text = path.isAbsolute(source) ? (content ?? (await builtFrom(source, file, ran))) : undefined;
    if (text !== undefined) texts.push([source, text]);
  }
  const own = sources.has(file) || !path.isAbsolute(file) ? undefined : await ownText(recording, file, ran);
  return own === undefined ? texts : [...texts, [file, own]];
}

/** The disk has what ran if nobody has touched the file since; else the recording has, where it ran as it was written. */
async function ownText(
  recording: string,
  file: string,
  { script, startedAt }: RanScript,
): Promise<string | undefined> {
  const { startLine, startColumn } = script;
  const onDisk = await textOfThen(file, { writtenBefore: startedAt, replacedBefore: startedAt });
  const isWhole = startLine === 0 && startColumn === 0 && !TYPESCRIPT.test(file);
  return onDisk ?? (isWhole ? await programText(recording, script) : undefined);
}

/** Texts by file, as far as the script's map holds them. Maps of packages are left alone: they are many and large. */
async function mappedSources(
  recording: string,
  script: ScriptRecord,
): Promise<ReadonlyMap<string, string | undefined>> {
  if (script.sourceMapUrl === '' || PACKAGE.test(fileOf(script.url))) return new Map();
  const map = await sourceMapText(recording, script);
  if (!map.ok) return new Map();
  return sourceTexts(map.text, { mapUrl: script.sourceMapUrl, scriptUrl: script.url });
}

/** A source without a text in the map: that on disk, unless it was edited after the build, or the build is another. */
async function builtFrom(
  source: string,
  file: string,
  { script, startedAt }: RanScript,
): Promise<string | undefined> {
  if (source === file) return textOfThen(source, { writtenBefore: startedAt, replacedBefore: startedAt });
  const builtAt = (await isStillOnDisk(script)) ? await writtenAt(file) : undefined;
  if (builtAt === undefined) return undefined;
  return textOfThen(source, { writtenBefore: builtAt, replacedBefore: startedAt });
}
