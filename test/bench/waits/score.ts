/** What the ledgers of a recording say of waits, against what the program has told of them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { operationLedger } from '../../../src/analysis/operations/ledger.ts';
import type { LedgerPart } from '../../../src/analysis/operations/ledger-types.ts';
import type { OperationRecord } from '../../../src/contracts/operations.ts';
import { OPERATIONS_FILE, THREAD_FOLDER_PATTERN } from '../../../src/contracts/recording-files.ts';

export interface ToldWait {
  /** Of the operation: its name and a number. */
  readonly id: string;
  readonly kind: string;
  readonly line: number;
  /** CLOCK_MONOTONIC in microseconds. */
  readonly from: number;
  readonly to: number;
}

/** Milliseconds of armed operations, within the waits that the program has told of. */
export interface Score {
  operations: number;
  right: number;
  wrongKind: number;
  wrongLine: number;
  /** At a line of another operation. */
  wrongOperation: number;
  unknown: number;
  /** Ready, and not run. */
  loop: number;
  /** By `kind told/kind of the ledger`. */
  readonly mistakes: Map<string, number>;
}

export interface Told {
  readonly truth: readonly ToldWait[];
  /** When each operation was called, just before it began. */
  readonly starts: readonly { readonly id: string; readonly at: number }[];
}

export function score(folder: string, { truth, starts }: Told): Score {
  const sums: Score = {
    ...{
      operations: 0,
      right: 0,
      wrongKind: 0,
      wrongLine: 0,
      wrongOperation: 0,
      unknown: 0,
      loop: 0,
      loopAtMost: 0,
    },
    mistakes: new Map(),
  };
  const byId = new Map<string, ToldWait[]>();
  for (const wait of truth) byId.set(wait.id, [...(byId.get(wait.id) ?? []), wait]);
  const linesOf = new Map<string, Set<number>>();
  for (const { id, line } of truth) linesOf.set(nameOf(id), (linesOf.get(nameOf(id)) ?? new Set()).add(line));
  const othersOf = (name: string): Set<number> =>
    new Set([...linesOf].flatMap(([each, lines]) => (each === name ? [] : [...lines])));
  for (const record of recordsIn(folder)) {
    const { startMicroseconds: start } = record;
    const id = starts.findLast(({ id: each, at }) => nameOf(each) === record.name && at <= start)?.id ?? '';
    const told = record.isArmed ? byId.get(id) : undefined;
    if (!told) continue;
    sums.operations++;
    const place = ({ file, line }: { file: string; line: number }) => ({ file, line });
    for (const part of operationLedger(record, { place }).parts)
      for (const wait of told) add(sums, part, wait, overlap(record, part, wait), othersOf(record.name));
  }
  return sums;
}

const nameOf = (id: string): string => id.split(' ')[0] ?? '';

function overlap(
  { startMicroseconds }: OperationRecord,
  { from, length }: LedgerPart,
  wait: ToldWait,
): number {
  const begin = startMicroseconds + from;
  return Math.max(0, Math.min(begin + length, wait.to) - Math.max(begin, wait.from)) / 1000;
}

function add(
  sums: Score,
  { kind, place }: LedgerPart,
  wait: ToldWait,
  time: number,
  others: ReadonlySet<number>,
): void {
  if (time === 0 || kind === 'cpu' || kind === 'gc') return;
  if (kind === 'loop') sums.loop += time;
  else if (kind === 'unknown') sums.unknown += time;
  else if (place && others.has(place.line)) sums.wrongOperation += time;
  else if (kind !== wait.kind) sums.wrongKind += time;
  else if (place?.line !== wait.line) sums.wrongLine += time;
  else {
    sums.right += time;
    return;
  }
  const mistake = `${wait.kind} ${wait.line}/${kind} ${place?.line ?? '?'}`;
  sums.mistakes.set(mistake, (sums.mistakes.get(mistake) ?? 0) + time);
}

function recordsIn(folder: string): OperationRecord[] {
  return readdirSync(folder)
    .filter(name => THREAD_FOLDER_PATTERN.test(name))
    .map(name => path.join(folder, name, OPERATIONS_FILE))
    .filter(file => existsSync(file))
    .flatMap(file => readFileSync(file, 'utf8').trim().split('\n'))
    .map(line => JSON.parse(line) as OperationRecord);
}
