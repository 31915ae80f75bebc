import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { MANIFEST_FILE, SOURCES_FOLDER } from '../contracts/recording-files.ts';
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
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await fs.readdir(folder)).length > 0) throw new UserError('folder-not-empty', { folder });
    await fs.mkdir(path.join(folder, SOURCES_FOLDER));
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** Takes back a recording that never began. */
export async function removeRecordingFolder(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true });
}

/** Writes the manifest so that a reader sees either the old one or the new one, whole. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = path.join(folder, MANIFEST_FILE);
  try {
    await fs.writeFile(`${file}.part`, JSON.stringify(manifest, undefined, 2) + '\n');
    await fs.rename(`${file}.part`, file);
  } catch (error) {
    throw folderError(folder, error);
  }
}

function folderError(folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new UserError('disk-full', { folder }, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new UserError('folder-not-writable', { folder, reason: code }, error);
  return error;
}
