/** What snapshots have told of a recording's program, kept with it. */
import path from 'node:path';
import { LeaksFileSchema } from '../../contracts/leaks-file.ts';
import type { LeaksDocument } from '../../contracts/leaks.ts';
import { LEAKS_FILE } from '../../contracts/recording-files.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

/** Absent where none were compared. */
export const readLeaks = (recording: string): Promise<LeaksDocument | undefined> =>
  readJsonFile(path.join(recording, LEAKS_FILE), LeaksFileSchema);

export const writeLeaks = (recording: string, document: LeaksDocument): Promise<void> =>
  writeJsonFile(path.join(recording, LEAKS_FILE), document);
