import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  MANIFEST_FILE,
  PENDING_FILE_PATTERN,
  SOURCES_FOLDER,
  THREAD_FOLDER_PATTERN,
} from '../contracts/recording-files.ts';
import type { Manifest } from '../contracts/recording.ts';
import { UserError } from '../contracts/user-error.ts';

/** `2026-11-23T18-54-12-4f3a`: sorts by time, needs no quoting anywhere. */
export function newRecordingId(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(':', '-')}-${randomBytes(2).toString('hex')}`;
}

/**
 * Makes an empty recording folder. An existing folder is taken only when it is empty.
 * Throws `folder-not-writable`, `folder-not-empty`, `disk-full`.
 */
export async function createRecordingFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    if ((await fs.readdir(folder)).length > 0) throw new UserError('folder-not-empty', { folder });
    await fs.mkdir(path.join(folder, SOURCES_FOLDER));
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** With its parents. Not by Node's `recursive`, which never ends where a folder cannot be made (`/proc/…`). */
async function makeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  if (existsSync(folder)) return;
  if (parent !== folder) await makeFolder(parent);
  await fs.mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Another recording makes the same parents at this moment.
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Takes back a recording that never began. */
export async function removeRecordingFolder(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true });
}

/** Writes the manifest so that a reader sees either the old one or the new one, whole. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = path.join(folder, MANIFEST_FILE);
  const part = `${file}.part`;
  try {
    await fs.writeFile(part, JSON.stringify(manifest, undefined, 2) + '\n');
    await fs.rename(part, file);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw folderError(folder, error);
  }
}

/** Of a watch recording: segments whose program was killed before it could say what of them is needed stay whole. */
export async function keepPending(folder: string): Promise<void> {
  // A folder that was removed is told of when its manifest cannot be written.
  if (!existsSync(folder)) return;
  for (const name of (await fs.readdir(folder)).filter(each => THREAD_FOLDER_PATTERN.test(each))) {
    const thread = path.join(folder, name);
    for (const file of await fs.readdir(thread)) {
      const segment = PENDING_FILE_PATTERN.exec(file)?.[1];
      if (segment !== undefined) await fs.rename(path.join(thread, file), path.join(thread, segment));
    }
  }
}

/** The system's refusals as user errors; anything else as it is. */
export function folderError(folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new UserError('disk-full', { folder }, error);
  return error instanceof UserError || code === undefined
    ? error
    : new UserError('folder-not-writable', { folder, reason: code }, error);
}
