/** A profile file of any format: what it is its content says, not its name. */
import path from 'node:path';
import type { AllocationTree } from '../analysis/allocations/allocation-tree.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import { UserError } from '../contracts/user-error.ts';
import { dialectOf, type ProfileFormat } from '../model/foreign/dialect.ts';
import type { ThreadInput } from '../present/document.ts';
import { openPprof, openSpeedscope } from './open-foreign-profile.ts';
import { openHeapProfile } from './open-heap-profile.ts';
import { openProfile } from './open-profile.ts';
import { ProfileStream } from './profile-stream.ts';
import type { WholeThread } from './thread-profile.ts';

export interface OpenedFile {
  readonly threads: readonly ThreadInput[];
  /** Threads with their samples, where the file has times. */
  readonly wholes?: readonly WholeThread[];
  readonly allocations: readonly (AllocationTree & { readonly name?: string })[];
  readonly problems: readonly RecordedProblem[];
}

/**
 * `.cpuprofile`, `.heapprofile`, pprof and speedscope files, packed by gzip or not. Throws `file-not-readable`,
 * `profile-foreign` for files of other kinds, and what the readers throw.
 */
export async function openProfileFile(file: string): Promise<OpenedFile> {
  const stream = await ProfileStream.open(file);
  try {
    return await READERS[formatOf(stream)](stream);
  } finally {
    await stream.close();
  }
}

const READERS: Readonly<Record<ProfileFormat, (stream: ProfileStream) => Promise<OpenedFile>>> = {
  cpuprofile: async stream => {
    const { thread, problems } = await openProfile(stream);
    return { threads: [thread], wholes: [thread], allocations: [], problems };
  },
  heapprofile: async stream => {
    const { allocations, problems } = await openHeapProfile(stream);
    return { threads: [], allocations: [allocations], problems };
  },
  pprof: openPprof,
  speedscope: openSpeedscope,
};

function formatOf({ file, head }: ProfileStream): ProfileFormat {
  if (head.length === 0) throw new UserError('profile-not-readable', { reason: 'it is empty' });
  const dialect = dialectOf(head);
  if (dialect === undefined)
    throw new UserError('profile-not-readable', { reason: 'its content is of no kind that is known' });
  if (typeof dialect === 'string') return dialect;
  const { what, advice } = dialect;
  throw new UserError('profile-foreign', { file: path.basename(file), what, advice });
}
