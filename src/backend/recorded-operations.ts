/** The operations of one thread as they lie on disk: the kept ones, and how many there were of each route. */
import fs from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import {
  CandidateRecordSchema,
  OperationRecordSchema,
  RoutesFileSchema,
  type CandidateRecord,
  type OperationRecord,
  type RoutesFile,
} from '../contracts/operations.ts';
import { CANDIDATES_FILE, OPERATIONS_FILE, ROUTES_FILE } from '../contracts/recording-files.ts';
import { checkedOperation } from '../model/operations/checked-operation.ts';
import { parseLines, type Lines } from './ndjson.ts';

export interface RecordedOperations {
  /** By start; of two with one id the later record counts. */
  readonly kept: readonly OperationRecord[];
  /** Undefined where nothing was counted. */
  readonly routes: RoutesFile | undefined;
  /** Some records are missing. */
  readonly isDamaged: boolean;
  /** There are more than can be read. */
  readonly isCut: boolean;
}

/** The agent keeps the disk of an hour below 200 MB; what lies beyond has another origin. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_KEPT = 50_000;
const MOST_ROUTES_BYTES = 32 * 2 ** 20;

/** `folder` is the thread's. Missing files hold nothing. */
export async function readOperations(folder: string, mostBytes = MOST_BYTES): Promise<RecordedOperations> {
  // First: they are removed when all of them stand among the others.
  const candidates = await readRecords(path.join(folder, CANDIDATES_FILE), CandidateRecordSchema, mostBytes);
  const operations = await readRecords(path.join(folder, OPERATIONS_FILE), OperationRecordSchema, mostBytes);
  const checked = [...inTheirPlaces(candidates.records), ...operations.records].map(checkedOperation);
  const byId = new Map(checked.flatMap(record => (record ? [[record.id, record]] : [])));
  const kept = [...byId.values()].slice(0, MOST_KEPT);
  const routes = await readRoutes(path.join(folder, ROUTES_FILE));
  return {
    kept: kept.sort((a, b) => a.startMicroseconds - b.startMicroseconds),
    routes: routes === 'damaged' ? undefined : routes,
    isDamaged:
      candidates.damaged + operations.damaged > 0 || checked.includes(undefined) || routes === 'damaged',
    isCut: candidates.isCut || operations.isCut || byId.size > MOST_KEPT,
  };
}

/** Those that no other one has replaced. */
const inTheirPlaces = (candidates: readonly CandidateRecord[]): OperationRecord[] => [
  ...new Map(
    candidates.map(({ place: { route, minute, index }, record }) => [`${minute} ${index} ${route}`, record]),
  ).values(),
];

interface Start<T> extends Lines<T> {
  readonly isCut: boolean;
}

async function readRecords<S extends v.GenericSchema>(
  file: string,
  schema: S,
  mostBytes: number,
): Promise<Start<v.InferOutput<S>>> {
  const { text, isCut } = await readStart(file, mostBytes);
  return { ...parseLines(isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text, schema), isCut };
}

/** Replaced as a whole, so it is either there or it is not. */
export async function readRoutes(file: string): Promise<RoutesFile | 'damaged' | undefined> {
  const { text, isCut } = await readStart(file, MOST_ROUTES_BYTES);
  if (text === '') return undefined;
  try {
    return isCut ? 'damaged' : v.parse(RoutesFileSchema, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || v.isValiError(error)) return 'damaged';
    throw error;
  }
}

async function readStart(file: string, mostBytes: number): Promise<{ text: string; isCut: boolean }> {
  const handle = await fs.open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return { text: '', isCut: false };
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return { text: bytes.subarray(0, bytesRead).toString('utf8'), isCut: size > mostBytes };
  } finally {
    await handle.close();
  }
}
