/** Files of other tools as threads to analyse: pprof, speedscope. */
import type { AllocationTree } from '../analysis/allocations/allocation-tree.ts';
import type { RepairSummary } from '../contracts/document.ts';
import type { AllocationMetric } from '../contracts/profile-source.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import { UserError } from '../contracts/user-error.ts';
import type { ForeignProfile } from '../model/foreign/foreign-profile.ts';
import { PprofReader } from '../model/foreign/pprof/reader.ts';
import { PprofTablesReader } from '../model/foreign/pprof/tables.ts';
import { SpeedscopeReader } from '../model/foreign/speedscope/reader.ts';
import { IdentityPlacement } from '../model/source/placement.ts';
import type { ThreadInput } from '../present/document.ts';
import { Problems } from './problems.ts';
import { isReadableAgain, ProfileStream } from './profile-stream.ts';

export interface OpenedForeign {
  /** Of a profile of times. */
  readonly threads: readonly ThreadInput[];
  /** Of a profile of bytes. */
  readonly allocations: readonly (AllocationTree & { readonly name: string })[];
  readonly problems: readonly RecordedProblem[];
}

/** Throws `file-not-readable`, `profile-not-readable`, `profile-without-samples`, `profile-too-big`, `profile-bomb`. */
export async function openSpeedscope(stream: ProfileStream): Promise<OpenedForeign> {
  return opened(stream.file, await stream.read(new SpeedscopeReader()));
}

/** Reads the file twice: what its samples mean may stand behind them. Throws the same. */
export async function openPprof(stream: ProfileStream): Promise<OpenedForeign> {
  const { file } = stream;
  if (!(await isReadableAgain(file)))
    throw new UserError('file-not-readable', { file, reason: 'a pprof profile has to be a regular file' });
  const tables = await stream.read(new PprofTablesReader());
  const again = await ProfileStream.open(file);
  return opened(file, await again.read(new PprofReader(tables)));
}

function opened(file: string, { unit, valueName, tracks, problems }: ForeignProfile): OpenedForeign {
  const found = new Problems();
  for (const problem of problems) found.add('profile-damaged', { file, problem });
  const place = new IdentityPlacement();
  const placed = tracks.map(({ name, tree }) => ({ name, tree, place }));
  const metric = metricOf(valueName);
  return {
    threads: unit === 'microseconds' ? placed.map(each => ({ ...each, repair: NOT_REPAIRED })) : [],
    allocations: unit === 'bytes' ? placed.map(each => ({ ...each, metric })) : [],
    problems: found.list,
  };
}

/** pprof's names: `inuse_space`, `alloc_space`. A profile that does not say is of what was allocated. */
const metricOf = (valueName: string): AllocationMetric =>
  /inuse|live/i.test(valueName) ? 'live' : 'allocated';

/** Names of another tool are taken as they are. */
const NOT_REPAIRED: RepairSummary = {
  checkedMicroseconds: 0,
  repairedMicroseconds: 0,
  estimatedMicroseconds: 0,
  ambiguousMicroseconds: 0,
  notRepairedMicroseconds: 0,
};
