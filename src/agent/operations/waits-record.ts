/** What a kept operation's record says of its waits beside what libraries tell: how slices began, and where it waited. */
import type { AwaitRecord, CallerRecord, OperationRecord, ResumeRecord } from '../../contracts/operations.ts';
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

/** A library goes on so soon after what it has waited for. */
const NEXT_MICROSECONDS = 1000;
const MOST_CALLERS = 3;
const MOST_LOOKED_AT = 64;

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
    const at = isCallback ? frames.findIndex(isOwnCode) : 0;
    const place = frames[at] && placed(frames, at);
    if (!place) return [];
    return [
      {
        from: from - operation.startedAt,
        length: to === undefined ? null : to - from,
        ...place,
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

  private withPlaces(record: OperationRecord, waits: readonly Wait[]): OperationRecord['waits'] {
    if (waits.every(({ stack }) => stack === undefined)) return record.waits;
    const frames = readStacks(
      waits.map(({ stack }) => stack),
      this.agentFile,
    );
    const places: (Placed | undefined)[] = [];
    for (const [index, each] of frames.entries()) {
      const at = each.findIndex(isOwnCode);
      places.push(at < 0 ? askedBefore(waits, places, index) : placed(each, at));
    }
    return record.waits.map((wait, index) => {
      const place = places[index];
      return place ? { ...wait, ...place } : wait;
    });
  }
}

type Placed = Pick<ProgramFrame, 'file' | 'line' | 'column'> & { readonly callers?: CallerRecord[] };

function placed(frames: readonly ProgramFrame[], at: number): Placed {
  const { file, line, column } = frames[at] as ProgramFrame;
  const callers = frames
    .slice(at + 1)
    .filter(isOwnCode)
    .slice(0, MOST_CALLERS);
  return { file, line, column, ...(callers.length > 0 ? { callers } : {}) };
}

/**
 * What a library begins in a callback of its own was asked for with the wait of that library that has just ended (a
 * query behind a connection), or with those that still go on; where these are of several lines, nobody knows.
 */
function askedBefore(
  waits: readonly Wait[],
  places: readonly (Placed | undefined)[],
  index: number,
): Placed | undefined {
  const { from, library } = waits[index] as Wait;
  const isBefore = (at: number): boolean => at !== index && (waits[at] as Wait).from <= from;
  const endOf = (at: number): number => (waits[at] as Wait).to ?? Infinity;
  const near = Math.max(0, index - MOST_LOOKED_AT);
  const before = Array.from({ length: index - near }, (_, each) => near + each).filter(isBefore);
  const ended = before.filter(at => {
    const { to = Infinity, library: other } = waits[at] as Wait;
    return other === library && to <= from && from - to < NEXT_MICROSECONDS;
  });
  if (ended.length > 0) return places[ended.reduce((last, at) => (endOf(at) >= endOf(last) ? at : last))];
  const open = before.filter(at => endOf(at) >= from).map(at => places[at]);
  const [first] = open;
  return open.every(each => each && first && isSame(each, first)) ? first : undefined;
}

const isSame = (a: Placed, b: Placed): boolean => a.file === b.file && a.line === b.line;

const isOwnCode = ({ file }: ProgramFrame): boolean => !PACKAGE.test(file);
