import fs from 'node:fs/promises';
import path from 'node:path';
import { sourceId } from '../contracts/profile-source.ts';
import type { RecordingEntry } from '../contracts/recording-entry.ts';
import { UserError } from '../contracts/user-error.ts';

/** A profile file as if it were a recording: made when it was written. Throws `file-not-readable`. */
export async function profileFileEntry(file: string): Promise<RecordingEntry> {
  const stat = await fs.stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('file-not-readable', { file, reason: error.code ?? error.message }, error);
  });
  return {
    id: sourceId({ kind: 'file', file }),
    name: path.basename(file),
    startedAt: stat.mtime.toISOString(),
    isPinned: false,
    cwd: '',
    state: 'file',
    bytes: stat.size,
    folder: file,
  };
}
