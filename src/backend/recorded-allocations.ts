/** The heap profiles in a thread's folder as one call tree for each metric. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { AllocationMetric } from '../contracts/profile-source.ts';
import { ALLOCATION_FILE_PATTERN } from '../contracts/recording-files.ts';
import type { AllocationsRecord, RuntimeRecord } from '../contracts/recording.ts';
import type { CallTree } from '../model/cpu/call-tree.ts';
import { MergedTree } from '../model/cpu/merged-tree.ts';
import { readHeapProfile } from '../model/heap-profile/reader.ts';
import { isDamage, type DamagedSegment } from './thread-segments.ts';

const gunzip = promisify(zlib.gunzip);

export interface RecordedAllocations {
  readonly metric: AllocationMetric;
  readonly tree: CallTree;
  /** How long allocations were watched for it. */
  readonly watchedMicroseconds: number;
}

interface Turn {
  readonly metric: AllocationMetric;
  readonly turn: number;
  /** Absolute path. */
  readonly file: string;
}

/**
 * What was allocated in all its turns together, and what was held at the end of the last turn that can be read. Metrics
 * without a file are left out; `damaged` files are too.
 */
export async function readAllocations(
  folder: string,
  runtime: readonly RuntimeRecord[],
): Promise<{ readonly allocations: RecordedAllocations[]; readonly damaged: DamagedSegment[] }> {
  const turns = await turnsIn(folder);
  const damaged: DamagedSegment[] = [];
  const read = async (turn: Turn): Promise<CallTree | undefined> => {
    try {
      return readHeapProfile(await gunzip(await fs.readFile(turn.file))).tree;
    } catch (error) {
      if (!isDamage(error)) throw error;
      damaged.push({ file: turn.file, reason: error.message });
      return undefined;
    }
  };
  const found = [await sumOf('allocated', turns, read, runtime), await lastOf('live', turns, read, runtime)];
  return { allocations: found.filter(each => each !== undefined), damaged };
}

async function turnsIn(folder: string): Promise<Turn[]> {
  const found = (await fs.readdir(folder)).flatMap((name): Turn[] => {
    const [, metric, turn] = ALLOCATION_FILE_PATTERN.exec(name) ?? [];
    if (metric === undefined) return [];
    return [{ metric: metric as AllocationMetric, turn: Number(turn), file: path.join(folder, name) }];
  });
  return found.sort((a, b) => a.turn - b.turn);
}

type Read = (turn: Turn) => Promise<CallTree | undefined>;

async function sumOf(
  metric: AllocationMetric,
  turns: readonly Turn[],
  read: Read,
  runtime: readonly RuntimeRecord[],
): Promise<RecordedAllocations | undefined> {
  const merged = MergedTree.empty();
  let count = 0;
  let watchedMicroseconds = 0;
  for (const turn of turns.filter(each => each.metric === metric)) {
    const tree = await read(turn);
    if (!tree) continue;
    merged.add(tree);
    count++;
    watchedMicroseconds += watched(turn, runtime);
  }
  return count === 0 ? undefined : { metric, tree: merged.tree(), watchedMicroseconds };
}

async function lastOf(
  metric: AllocationMetric,
  turns: readonly Turn[],
  read: Read,
  runtime: readonly RuntimeRecord[],
): Promise<RecordedAllocations | undefined> {
  for (const turn of turns.filter(each => each.metric === metric).reverse()) {
    const tree = await read(turn);
    if (tree) return { metric, tree, watchedMicroseconds: watched(turn, runtime) };
  }
  return undefined;
}

/** 0 where the record is lost. */
function watched({ turn }: Turn, runtime: readonly RuntimeRecord[]): number {
  const record = runtime.findLast(
    (each): each is AllocationsRecord => each.type === 'allocations' && each.turn === turn,
  );
  return record ? record.atMicroseconds - record.fromMicroseconds : 0;
}
