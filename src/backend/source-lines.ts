/** The lines of the user's source that a report shows, as long as they are those that ran. */
import fs from 'node:fs/promises';
import type { ProfileDocument } from '../contracts/document.ts';

const LARGEST_BYTES = 4 * 1024 * 1024;

/** Source text by `file:line`. */
export type SourceLines = ReadonlyMap<string, string>;

/**
 * Reads the hottest lines from disk. Files that were changed after `unchangedSince` (milliseconds of the wall
 * clock, when the recording began) are left out, as is what is no regular file or too large to be a source.
 */
export async function readSourceLines(
  { hotLines }: ProfileDocument,
  most: number,
  unchangedSince: number,
): Promise<SourceLines> {
  const found = new Map<string, string>();
  const files = new Map<string, readonly string[]>();
  for (const { file, line } of hotLines.slice(0, most)) {
    let lines = files.get(file);
    if (!lines) files.set(file, (lines = await readLines(file, unchangedSince)));
    const text = lines[line - 1]?.trim();
    if (text) found.set(`${file}:${line}`, text);
  }
  return found;
}

async function readLines(file: string, unchangedSince: number): Promise<readonly string[]> {
  try {
    const stat = await fs.stat(file);
    if (!stat.isFile() || stat.size > LARGEST_BYTES || stat.mtimeMs > unchangedSince) return [];
    return (await fs.readFile(file, 'utf8')).split('\n');
  } catch (error) {
    // The report names the line all the same; a source that cannot be read only lacks its text.
    if ((error as NodeJS.ErrnoException).code !== undefined) return [];
    throw error;
  }
}
