import type { ScriptRecord } from '../contracts/recording.ts';
import { resolveReference, scriptBaseUrl } from '../model/source/source-url.ts';
import { dataUrlText } from './data-url.ts';
import { localPath, readGzipFile, readRegularFile } from './regular-file.ts';
import type { FileContent } from './regular-file.ts';
import { isStillOnDisk, sourceFile } from './script-text.ts';
import type { SourceProblemCode } from './source-problems.ts';

export type SourceMapText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: SourceProblemCode; readonly detail: string };

const CODES = {
  missing: 'source-map-missing',
  damaged: 'source-map-broken',
  'too-big': 'source-map-too-big',
} as const;

/**
 * The text of a script's source map: from its `data:` URL, from the recording, else from the file that the script
 * names, if the script on disk is still the one that ran. Maps on other machines (`https:`) are never fetched.
 */
export async function sourceMapText(
  recordingFolder: string | undefined,
  script: ScriptRecord,
): Promise<SourceMapText> {
  if (isInline(script)) {
    const inline = dataUrlText(script.sourceMapUrl);
    return inline.ok ? inline : { ok: false, code: CODES[inline.reason], detail: inline.detail };
  }
  const kept = recordingFolder && sourceFile(recordingFolder, script, 'map');
  const copy = kept ? await readGzipFile(kept) : undefined;
  if (copy && (copy.ok || copy.reason !== 'missing')) return textOf(copy);
  return externalMapText(script);
}

/** The same without a recording's copy, for a map in a file of its own. */
export async function externalMapText(script: ScriptRecord): Promise<SourceMapText> {
  const url = resolveReference(script.sourceMapUrl, scriptBaseUrl(script.url));
  const file = localPath(url);
  if (file === undefined) return missing('it is not a file on this machine');
  const content = await readRegularFile(file);
  if (content.ok && !(await isStillOnDisk(script))) return missing('the file was built anew after it ran');
  return textOf(content);
}

export const isInline = (script: ScriptRecord): boolean => script.sourceMapUrl.startsWith('data:');

function textOf(content: FileContent): SourceMapText {
  if (content.ok) return { ok: true, text: new TextDecoder().decode(content.bytes) };
  return { ok: false, code: CODES[content.reason], detail: content.detail };
}

const missing = (detail: string): SourceMapText => ({ ok: false, code: 'source-map-missing', detail });
