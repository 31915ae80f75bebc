/** What a kept operation's record says of its waits beside what libraries tell: how slices began, and where it waited. */
import type { AwaitRecord, OperationRecord, ResumeRecord } from '../../contracts/operations.ts';
import { hasWaited, type Site } from './sites.ts';
import type { Causes } from './causes.ts';
import type { FollowedOperation, Wait } from './followed-operation.ts';
import type { Gathered } from './gathered.ts';
import { readStacks, type ProgramFrame } from './program-stack.ts';
import type { Slices } from './slice-ring.ts';

/** Shorter gaps have nothing to tell. */
const SHORTEST_GAP_MICROSECONDS = 50;
/** The end of a wait and the beginning of its slice are seen one after the other. */
const SAME_TIME_MICROSECONDS = 100;

const PACKAGE = /[\\/]node_modules[\\/]/;

export class WaitsRecord {
  /** `agentFile`: frames of it are left out of stacks. */
  constructor(
    private readonly causes: Causes,
    private readonly agentFile: string,
  ) {}

  complete = (
    record: OperationRecord,
    operation: FollowedOperation,
    { slices, sites, waits }: Gathered,
  ): OperationRecord => {
    const resumes = this.resumes(slices);
    const kept = sites.filter(site => hasWaited(site) && (site.to !== undefined || record.end !== 'ended'));
    const frames = readStacks(
      kept.map(({ stack }) => stack),
      this.agentFile,
    );
    return {
      ...record,
      resumes,
      awaits: kept.flatMap((site, index) => this.awaited(site, frames[index] ?? [], operation, slices)),
      waits: this.withPlaces(record, waits),
    };
  };

  private resumes({ times, causes, ready: readyOf, atMost }: Slices): ResumeRecord[] {
    const resumes: ResumeRecord[] = [];
    for (let slice = 1; slice < causes.length; slice++) {
      const end = (times[2 * slice - 2] as number) + (times[2 * slice - 1] as number);
      if ((times[2 * slice] as number) - end < SHORTEST_GAP_MICROSECONDS) continue;
      const ready = Math.round(readyOf[slice] as number);
      const readyAtMost = Math.round(atMost[slice] as number);
      const cause = this.causes.nameOf(causes[slice] as number);
      resumes.push({ slice, cause, ready, ...(readyAtMost > ready ? { readyAtMost } : {}) });
    }
    return resumes;
  }

  private awaited(
    { from, to, isCallback }: Site,
    frames: readonly ProgramFrame[],
    operation: FollowedOperation,
    slices: Slices,
  ): AwaitRecord[] {
    const frame = isCallback ? frames.find(isOwnCode) : frames[0];
    if (!frame) return [];
    return [
      {
        from: from - operation.startedAt,
        length: to === undefined ? null : to - from,
        ...frame,
        cause: to === undefined ? '' : this.causeAt(to, slices),
        ...(isCallback ? { isCallback } : {}),
      },
    ];
  }

  /** Of the slice that had just begun then. */
  private causeAt(time: number, { times, causes }: Slices): string {
    let [low, high] = [0, causes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[2 * middle] as number) <= time + SAME_TIME_MICROSECONDS) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? '' : this.causes.nameOf(causes[low - 1] as number);
  }

  /** What a library begins in a callback of its own goes on for who asked last. */
  private withPlaces(record: OperationRecord, waits: readonly Wait[]): OperationRecord['waits'] {
    if (waits.every(({ stack }) => stack === undefined)) return record.waits;
    const frames = readStacks(
      waits.map(({ stack }) => stack),
      this.agentFile,
    );
    let last: ProgramFrame | undefined;
    return record.waits.map((wait, index) => {
      last = frames[index]?.find(isOwnCode) ?? last;
      return last ? { ...wait, ...last } : wait;
    });
  }
}

const isOwnCode = ({ file }: ProgramFrame): boolean => !PACKAGE.test(file);
