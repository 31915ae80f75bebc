import fs from 'node:fs/promises';
import { readRegularFile } from './regular-file.ts';

/** Points in time, in milliseconds of the wall clock, after which a file must not have been touched. */
export interface Untouched {
  /** When its content was last written, or seems to have been: copying and unpacking may keep an older time. */
  readonly writtenBefore: number;
  /** When it was last replaced, renamed or written. */
  readonly replacedBefore: number;
}

/** The text of a file as it was then; undefined if it may be another one now. */
export async function textOfThen(
  file: string,
  { writtenBefore, replacedBefore }: Untouched,
): Promise<string | undefined> {
  const content = await readRegularFile(file);
  if (!content.ok) return undefined;
  // In this order: what is written in between is noticed.
  const times = await timesOf(file);
  if (!times || times.mtimeMs > writtenBefore) return undefined;
  if (Math.max(times.mtimeMs, times.ctimeMs) > replacedBefore) return undefined;
  return content.bytes.toString('utf8');
}

/** When a file was written; undefined when it is not there. */
export const writtenAt = async (file: string): Promise<number | undefined> => (await timesOf(file))?.mtimeMs;

async function timesOf(file: string) {
  return await fs.stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}
