/** A `.cpuprofile` of any origin as a thread to analyse, read in chunks: it may be larger than a string can be. */
import { CpuProfileReader } from '../model/cpu/reader.ts';
import { Problems } from './problems.ts';
import type { ProfileStream } from './profile-stream.ts';
import { SharedSources } from './shared-sources.ts';
import { profileSamples } from './thread-samples.ts';
import { scriptsOfFrames } from './sources.ts';
import { placeThread, type WholeThread } from './thread-profile.ts';
import type { RecordedProblem } from '../contracts/recording.ts';

export interface OpenedProfile {
  readonly thread: WholeThread;
  readonly problems: readonly RecordedProblem[];
}

/** Throws `file-not-readable`, `profile-not-readable`, `profile-without-samples`. */
export async function openProfile(stream: ProfileStream): Promise<OpenedProfile> {
  const { file } = stream;
  const profile = await stream.read(new CpuProfileReader());
  const problems = new Problems();
  for (const problem of profile.problems) problems.add('profile-damaged', { file, problem });
  const sources = new SharedSources(undefined);
  const scripts = await sources.of(scriptsOfFrames(profile.frames));
  const thread = placeThread({ samples: profileSamples(profile), scripts });
  if (thread.repair.notRepairedMicroseconds > 0.5 * thread.repair.checkedMicroseconds)
    problems.add('profile-not-repaired', { file });
  return { thread, problems: [...sources.problems.list, ...problems.list] };
}
