/** Reading what may not be there: an absent path is an answer here, any other failure an error. */
import { constants } from 'node:fs';
import type { Dirent } from 'node:fs';
import { access, readFile, readdir, stat } from 'node:fs/promises';
import { UserError } from '../../contracts/user-error.ts';

/** The text of a file without its byte order mark; undefined when it is absent. Throws `file-unreadable`. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    const text = await unlessFailed(readFile(file, 'utf8'), ABSENT);
    return text?.replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UserError('file-unreadable', { file, detail: (error as Error).message }, error);
  }
}

/** The text of a file that is looked through for something; undefined when it cannot be read. */
export const textIfReadable = (file: string): Promise<string | undefined> =>
  unlessFailed(readFile(file, 'utf8'), UNREADABLE);

/** What is in a folder that is looked through; [] when it cannot be read. */
export const entriesIfReadable = async (folder: string): Promise<Dirent[]> =>
  (await unlessFailed(readdir(folder, { withFileTypes: true }), UNREADABLE)) ?? [];

/** The names in a folder, sorted; [] when it is absent. */
export const namesIn = async (folder: string): Promise<string[]> =>
  ((await unlessFailed(readdir(folder), ABSENT)) ?? []).sort();

export const isFile = async (file: string): Promise<boolean> =>
  (await unlessFailed(stat(file), ABSENT))?.isFile() ?? false;

export const isFolder = async (folder: string): Promise<boolean> =>
  (await unlessFailed(stat(folder), ABSENT))?.isDirectory() ?? false;

/** Whether a file may be run; on Windows every file may. */
export async function isExecutable(file: string, platform: NodeJS.Platform): Promise<boolean> {
  const found = await unlessFailed(stat(file), DENIED);
  if (found === undefined || !found.isFile()) return false;
  const allowed = access(file, platform === 'win32' ? constants.F_OK : constants.X_OK).then(() => true);
  return (await unlessFailed(allowed, DENIED)) ?? false;
}

const ABSENT = ['ENOENT', 'ENOTDIR'];
const DENIED = [...ABSENT, 'EACCES', 'EPERM'];
/** Also circles of links, names that are too long, folders where a file should be, disks with errors. */
const UNREADABLE = [...DENIED, 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'EIO', 'ERR_STRING_TOO_LONG'];

async function unlessFailed<T>(reading: Promise<T>, codes: readonly string[]): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return undefined;
    throw error;
  }
}
