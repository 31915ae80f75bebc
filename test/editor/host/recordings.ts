import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from './until.ts';

export interface Recorded {
  readonly folder: string;
  readonly state: string;
  readonly kind: 'profile' | 'watch';
  readonly name: string;
  readonly endedBy?: string;
  /** Codes. */
  readonly problems: readonly string[];
  /** `p4711-t0`: one for each thread of a process. */
  readonly threads: readonly string[];
}

/** Folder of this window's recordings: below the data of its server. */
export const recordingsFolder = (): string =>
  path.join(process.env['SLOWCATCH_EDITOR'] ?? '', 'user/User/globalStorage/slowcatch.slowcatch/recordings');

/** Recordings on disk, those that go on too. */
export async function recordings(): Promise<readonly Recorded[]> {
  const names = await readdir(recordingsFolder()).catch(() => []);
  return await Promise.all(names.map(name => read(path.join(recordingsFolder(), name))));
}

/** Waits for a recording that was not there `before` and is saved. */
export async function newRecording(before: readonly Recorded[]): Promise<Recorded> {
  const known = new Set(before.map(recording => recording.folder));
  return await until('a new recording is saved', async () =>
    (await recordings()).find(({ folder, state }) => !known.has(folder) && state === 'saved'),
  );
}

async function read(recording: string): Promise<Recorded> {
  const manifest: unknown = JSON.parse(await readFile(path.join(recording, 'manifest.json'), 'utf8'));
  const { problems, ...rest } = manifest as Omit<Recorded, 'problems'> & {
    problems: readonly { code: string }[];
  };
  const entries = await readdir(recording);
  return {
    ...rest,
    folder: recording,
    problems: problems.map(({ code }) => code),
    threads: entries.filter(name => /^p\d+-t\d+/.test(name)).toSorted(),
  };
}
