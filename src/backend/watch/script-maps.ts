/** Source maps of scripts on disk, found with as little reading as can be: a workspace has thousands of scripts. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveReference } from '../../model/source/source-url.ts';
import { dataUrlText } from '../data-url.ts';
import { localPath, readRegularFile } from '../regular-file.ts';
import { sourceMapComment } from '../source-map-comment.ts';

export interface ScriptMap {
  readonly text: string;
  /** Where it stands, as `openSourceMap` wants it. */
  readonly mapUrl: string;
  readonly scriptUrl: string;
}

/** A comment that names a file fits in; what it is the end of may be a map in the script itself. */
const TAIL_BYTES = 2048;
const END_OF_BASE64 = /^[\w+/=\s*]*$/;

/** Where the comment at the script's end says, else beside it; undefined where there is none that can be read. */
export async function mapOfScript(file: string): Promise<ScriptMap | undefined> {
  const scriptUrl = pathToFileURL(file).href;
  const comment = sourceMapComment(await endOf(file)) || `${path.basename(scriptUrl)}.map`;
  const text = comment.startsWith('data:') ? inlineText(comment) : await textAt(comment, scriptUrl);
  return text === undefined ? undefined : { text, mapUrl: comment, scriptUrl };
}

function inlineText(url: string): string | undefined {
  const inline = dataUrlText(url);
  return inline.ok ? inline.text : undefined;
}

/** Maps on other machines are never fetched. */
async function textAt(reference: string, scriptUrl: string): Promise<string | undefined> {
  const file = localPath(resolveReference(reference, scriptUrl));
  const content = file === undefined ? undefined : await readRegularFile(file);
  return content?.ok ? content.bytes.toString('utf8') : undefined;
}

/** The end of a script with all of its last comment. */
async function endOf(file: string): Promise<string> {
  const tail = await tailOf(file);
  if (!END_OF_BASE64.test(tail)) return tail;
  const whole = await readRegularFile(file);
  return whole.ok ? whole.bytes.toString('utf8') : '';
}

/** Empty for a file that is gone by now or not ours to read. */
async function tailOf(file: string): Promise<string> {
  const handle = await fs.open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    await handle.read(buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
