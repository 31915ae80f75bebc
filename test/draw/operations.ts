/**
 * Operations and their ledgers as text, milliseconds.
 *
 *     duration 60
 *     slices 0-2 12-14 50-60
 *     resumed 2 Timeout 3            the third slice, ready for 3 ms; `<3`: for at most 3 ms
 *     pool 2-5 pg                    a wait: kind, from-to (`-` alone: still going on), library, detail, @file:line
 *     query 5-12 pg select 1
 *     query! 5-12 node:sqlite select 1    for which the thread itself stood still
 *     await 2-12 a.js:3 TCPWRAP
 */
import { WAIT_KINDS } from '../../src/contracts/operation-kinds.ts';
import type { AwaitRecord, OperationRecord, WaitRecord } from '../../src/contracts/operations.ts';
import type { Ledger, LedgerPart } from '../../src/analysis/operations/ledger-types.ts';

type Draft = { -readonly [K in keyof OperationRecord]: OperationRecord[K] };

export function drawOperation(text: string): OperationRecord {
  const record: Draft = {
    ...{ type: 'operation', id: 1, kind: 'http', name: 'GET /', end: 'ended', isArmed: true },
    ...{ startMicroseconds: 0, durationMicroseconds: 0, thresholdMicroseconds: 100_000 },
    ...{ slices: [], resumes: [], waits: [], awaits: [] },
  };
  for (const line of text.trim().split('\n')) read(record, line.trim());
  return record;
}

function read(record: Draft, line: string): void {
  const [word = '', ...rest] = line.split(/\s+/);
  const [first = '', ...words] = rest;
  if (word === 'duration') record.durationMicroseconds = Number(first) * 1000;
  else if (word === 'start') record.startMicroseconds = Number(first) * 1000;
  else if (word === 'lost') record.slicesFrom = Number(first) * 1000;
  else if (word === 'end') record.end = first as OperationRecord['end'];
  else if (word === 'slices') record.slices = rest.flatMap(pair => span(pair)) as number[];
  else if (word === 'resumed') record.resumes.push(resume(Number(first), words));
  else if (word === 'await') record.awaits.push(awaited(first, words));
  else if ((WAIT_KINDS as readonly string[]).includes(word)) record.waits.push(wait(word, first, words));
  else if (word.endsWith('!'))
    record.waits.push({ ...wait(word.slice(0, -1), first, words), isOnThread: true });
  else throw new Error(`cannot read "${line}"`);
}

/** Start and length in microseconds. */
function span(pair: string): [number, number | null] {
  const [from = '', to = ''] = pair.split('-');
  return [Number(from) * 1000, to === '' ? null : Math.round((Number(to) - Number(from)) * 1000)];
}

const resume = (
  slice: number,
  [cause = '', ready = '0']: readonly string[],
): OperationRecord['resumes'][number] => ({
  slice,
  cause: cause === '-' ? '' : cause,
  ...(ready.startsWith('<')
    ? { ready: 0, readyAtMost: Number(ready.slice(1)) * 1000 }
    : { ready: Number(ready) * 1000 }),
});

function awaited(pair: string, [where = '', cause = '']: readonly string[]): AwaitRecord {
  const [from, length] = span(pair);
  const [file = '', line = ''] = where.split(':');
  return { from, length: length ?? Number.MAX_SAFE_INTEGER, file, line: Number(line), column: 1, cause };
}

function wait(kind: string, pair: string, words: readonly string[]): WaitRecord {
  const [from, length] = span(pair);
  const where = words
    .find(word => word.startsWith('@'))
    ?.slice(1)
    .split(':');
  const [library = '', ...detail] = words.filter(word => !word.startsWith('@'));
  return {
    ...{ kind: kind as WaitRecord['kind'], from, length, library },
    ...(detail.length > 0 ? { detail: detail.join(' ') } : {}),
    ...(where ? { file: where[0]!, line: Number(where[1]), column: 1 } : {}),
  };
}

/** One line per part: `2-5 pool pg a.js:3`; `~`: estimated, `!`: on the thread. */
export const drawnParts = ({ parts }: Ledger): string[] =>
  parts.map(part => {
    const to = (part.from + part.length) / 1000;
    return [
      `${part.from / 1000}-${to}`,
      ...purpose(part),
      ...(part.isEstimated ? ['~'] : []),
      ...bound(part),
    ].join(' ');
  });

const bound = ({ readyAtMost }: LedgerPart): string[] =>
  readyAtMost === undefined ? [] : [`ready<${readyAtMost / 1000}`];

/** `51× query pg select 1 a.js:3: 400 ms` */
export const drawnGroups = ({ groups }: Ledger): string[] =>
  groups.map(group => `${group.count}× ${purpose(group).join(' ')}: ${group.length / 1000} ms`);

const purpose = ({
  kind,
  isOnThread,
  library,
  detail,
  place,
}: Pick<LedgerPart, 'kind' | 'isOnThread' | 'library' | 'detail' | 'place'>): string[] =>
  [isOnThread ? `${kind}!` : kind, library, detail, place && `${place.file}:${place.line}`].filter(
    word => word !== undefined,
  );
