/** A `.heapprofile` of any origin as a thread's allocations to analyse, read in chunks. */
import path from 'node:path';
import type { AllocationTree } from '../analysis/allocations/allocation-tree.ts';
import { UserError } from '../contracts/user-error.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import { metricOf } from '../model/heap-profile/heap-profile.ts';
import { HeapProfileReader } from '../model/heap-profile/reader.ts';
import { scriptPlacement } from '../model/source/script-placement.ts';
import { Problems } from './problems.ts';
import type { ProfileStream } from './profile-stream.ts';
import { SharedSources } from './shared-sources.ts';
import { scriptsOfFrames } from './sources.ts';

export interface OpenedHeapProfile {
  readonly allocations: AllocationTree;
  readonly problems: readonly RecordedProblem[];
}

/** Throws `file-not-readable`, `heap-profile-not-readable`, `heap-profile-without-samples`. */
export async function openHeapProfile(stream: ProfileStream): Promise<OpenedHeapProfile> {
  const { file } = stream;
  const profile = await stream.read(new HeapProfileReader());
  const { tree } = profile;
  const name = path.basename(file);
  if (!tree.self.some(size => size > 0)) throw new UserError('heap-profile-without-samples', { file: name });
  const problems = new Problems();
  for (const problem of profile.problems) problems.add('profile-damaged', { file, problem });
  const sources = new SharedSources(undefined);
  const place = scriptPlacement(await sources.of(scriptsOfFrames(tree.frames)));
  return {
    allocations: { tree, place, metric: metricOf(profile) },
    problems: [...sources.problems.list, ...problems.list],
  };
}
