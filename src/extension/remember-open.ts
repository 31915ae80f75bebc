import type * as vscode from 'vscode';
import type { ServerFailure } from '../contracts/server.ts';
import type { RecordingsModel } from './recordings.ts';

const KEY = 'openRecording';

/** The recording that was open in this workspace is open again after a reload; one that is gone is forgotten. */
export async function rememberOpen(memento: vscode.Memento, model: RecordingsModel): Promise<void> {
  const id = memento.get<string>(KEY);
  model.onChange(change => {
    if (change === 'open') void memento.update(KEY, model.view?.entry.id);
  });
  if (id === undefined) return;
  try {
    await model.open(id);
  } catch (error) {
    const { code } = (error as { data?: ServerFailure }).data ?? {};
    // `file-not-readable`: a profile file of the user's, which may be anywhere.
    if (code !== 'recording-gone' && code !== 'file-not-readable') throw error;
    await memento.update(KEY, undefined);
  }
}
