/** What a thread has told of objects that are still held, in terms of the sources. */
import type { HeldThread, PlacedFrame } from '../analysis/heap/held-thread.ts';
import type { HeldLook, HeldTurn } from '../analysis/heap/suspicion.ts';
import type { HeldFrame, HeldRecord, HeldSite } from '../contracts/held-records.ts';
import type { RuntimeRecord } from '../contracts/recording.ts';
import type { Placement } from '../model/source/placement.ts';

/** Undefined where nothing was told. */
export function heldThread(records: readonly RuntimeRecord[], place: Placement): HeldThread | undefined {
  const held = records.filter((record): record is HeldRecord => record.type === 'held');
  const last = held.at(-1);
  if (!last) return undefined;
  const stacks = new Map<string, readonly PlacedFrame[]>();
  for (const record of held)
    for (const site of record.sites) {
      const key = keyOf(record, site);
      if (key !== undefined) stacks.set(key, stackOf(record, site, place));
    }
  return { turns: turnsOf(held), stacks, held: bytesBySite(last) };
}

function turnsOf(held: readonly HeldRecord[]): HeldTurn[] {
  const numbers = [...new Set(held.map(({ turn }) => turn))].sort((a, b) => a - b);
  return numbers.map(number => {
    const own = held.filter(({ turn }) => turn === number);
    const { fromMicroseconds, fromRequests } = own[0]!;
    return {
      from: { atMicroseconds: fromMicroseconds, operations: fromRequests },
      looks: own.map(lookOf),
    };
  });
}

function lookOf(record: HeldRecord): HeldLook {
  const { atMicroseconds, requests: operations, floorBytes, objects, sites } = record;
  const counts = sites.flatMap(site => {
    const key = keyOf(record, site);
    return key === undefined ? [] : [[key, site] as const];
  });
  return { atMicroseconds, operations, floorBytes, objects, sites: new Map(counts) };
}

const bytesBySite = (record: HeldRecord): Map<string, number> =>
  new Map([...lookOf(record).sites].map(([key, { bytes }]) => [key, bytes]));

/** Undefined for a stack that is damaged. */
function keyOf({ frames }: HeldRecord, { stack: [first = -1] }: HeldSite): string | undefined {
  const frame = frames[first];
  return frame && JSON.stringify(frame);
}

function stackOf({ frames }: HeldRecord, { stack }: HeldSite, place: Placement): PlacedFrame[] {
  return stack.flatMap(index => {
    const frame = frames[index];
    return frame ? [placed(frame, place)] : [];
  });
}

const placed = ([functionName, url, scriptId, line, column]: HeldFrame, place: Placement): PlacedFrame =>
  place.functionAt({ functionName, url, scriptId, line, column });
