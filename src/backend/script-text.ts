import { createHash } from 'node:crypto';
import path from 'node:path';
import { SOURCES_FOLDER } from '../contracts/recording-files.ts';
import type { ScriptRecord } from '../contracts/recording.ts';
import { scriptBaseUrl } from '../model/source/source-url.ts';
import { localPath, readGzipFile, readRegularFile } from './regular-file.ts';

export interface ScriptText {
  /** Undefined if it cannot be had. */
  readonly text: string | undefined;
  /** Whether it is known to be the text that ran. */
  readonly verified: boolean;
}

const SHA256 = /^[\da-f]{64}$/;

/** The text of a script: the recording's copy, else the file on disk unless that is known to be another text. */
export async function scriptText(
  recordingFolder: string | undefined,
  script: ScriptRecord,
): Promise<ScriptText> {
  const kept = recordingFolder && sourceFile(recordingFolder, script, 'js');
  const copy = kept ? await readGzipFile(kept) : undefined;
  if (copy?.ok) return { text: copy.bytes.toString('utf8'), verified: true };
  const text = await diskText(script);
  const verified = text !== undefined && script.sha256 === sha256(text);
  return { text: verified || script.sha256 === null ? text : undefined, verified };
}

/** What Node puts around a CommonJS file (`Module.wrapper`) where a hook has replaced its way to compile one. */
const WRAPPER = /^\(function \(exports, require, module, __filename, __dirname\) \{ ([^]*)\n\}\);$/;

/** The text of a script as its file has it; undefined if it is not known what ran. */
export async function programText(
  recordingFolder: string,
  script: ScriptRecord,
): Promise<string | undefined> {
  const { text, verified } = await scriptText(recordingFolder, script);
  return verified ? text?.replace(WRAPPER, '$1') : undefined;
}

/** Whether the script's file still holds what ran; taken for granted where nothing is known of what ran. */
export async function isStillOnDisk(script: ScriptRecord): Promise<boolean> {
  if (script.sha256 === null) return true;
  const text = await diskText(script);
  return text !== undefined && sha256(text) === script.sha256;
}

/** Path of a recording's copy of a script or of its map; undefined for a script without a proper hash. */
export function sourceFile(
  recordingFolder: string,
  script: ScriptRecord,
  kind: 'js' | 'map',
): string | undefined {
  const { sha256 } = script;
  if (sha256 === null || !SHA256.test(sha256)) return undefined;
  return path.join(recordingFolder, SOURCES_FOLDER, `${sha256}.${kind}.gz`);
}

async function diskText(script: ScriptRecord): Promise<string | undefined> {
  const file = localPath(scriptBaseUrl(script.url) ?? '');
  const content = file === undefined ? undefined : await readRegularFile(file);
  return content?.ok ? content.bytes.toString('utf8') : undefined;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
