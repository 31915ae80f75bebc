import type { RecordingEntry } from '../../contracts/recording-entry.ts';
import { lastName } from '../workspace-paths.ts';

export interface OrderedEntry {
  readonly entry: RecordingEntry;
  /** Where it was made, when that was not here. */
  readonly folder?: string;
}

/** The recordings of this workspace first, the newest first in each part; the others with their folder. Pure. */
export function orderEntries(
  entries: readonly RecordingEntry[],
  isHere: (entry: RecordingEntry) => boolean,
): OrderedEntry[] {
  const elsewhere = entries.filter(entry => !isHere(entry));
  return [
    ...entries.filter(isHere).map(entry => ({ entry })),
    ...elsewhere.map(entry => {
      const folder = lastName(entry.cwd);
      return folder === '' ? { entry } : { entry, folder };
    }),
  ];
}
