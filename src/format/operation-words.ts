/** What the times of an operation are called, for every face. */
import type { OperationKind } from '../contracts/operation-kinds.ts';
import { milliseconds } from '../contracts/units.ts';
import type { Certainty, OperationRow, RowItem, RowKind } from '../contracts/views/operation.ts';
import { formatMilliseconds, formatShare } from './numbers.ts';

interface RowWords {
  readonly title: string;
  /** `waits 252 ms for the pool`: what follows the time. */
  readonly phrase: string;
  /** One sentence. */
  readonly about: string;
}

export const ROW_WORDS: Readonly<Record<RowKind, RowWords>> = {
  cpu: { title: 'CPU', phrase: 'on the CPU', about: 'It ran on its thread.' },
  pool: {
    title: 'Pool',
    phrase: 'for a pool',
    about: 'It waited for a connection or an object of a pool, all of which were in use.',
  },
  query: { title: 'Query', phrase: 'for queries', about: 'It waited for a database to answer.' },
  http: { title: 'HTTP', phrase: 'for other servers', about: 'It waited for another server to answer.' },
  fs: { title: 'Files', phrase: 'for files', about: 'It waited for the file system.' },
  dns: { title: 'DNS', phrase: 'for DNS', about: 'It waited for a name to be resolved.' },
  connect: { title: 'Connect', phrase: 'for connections', about: 'It waited for a connection to be made.' },
  timer: { title: 'Timer', phrase: 'for timers', about: 'It waited for a timer to be due.' },
  lock: { title: 'Lock', phrase: 'for locks', about: 'It waited for a lock that others held.' },
  stream: {
    title: 'Stream',
    phrase: 'for streams',
    about: 'It waited for a reader that was slower, or for a body that was still coming.',
  },
  child: { title: 'Child process', phrase: 'for child processes', about: 'It waited for a child process.' },
  worker: { title: 'Worker', phrase: 'for workers', about: 'It waited for a worker thread.' },
  crypto: {
    title: 'Crypto',
    phrase: 'for crypto and compression',
    about: 'It waited for crypto or compression in Node’s thread pool.',
  },
  loop: {
    title: 'Event loop',
    phrase: 'for the event loop',
    about: 'It could have gone on, but its thread was busy with something else.',
  },
  gc: { title: 'GC', phrase: 'for garbage collections', about: 'Its thread collected garbage.' },
  unknown: {
    title: 'Unexplained',
    phrase: 'unexplained',
    about: 'It is not known what it waited for.',
  },
};

/** `Files`; `Files, blocking` where the thread stood still for it. */
export function rowTitle({ kind, isOnThread }: RowName): string {
  const { title } = ROW_WORDS[kind];
  return isOnThread && kind !== 'cpu' ? `${title}, blocking` : title;
}

export function rowAbout({ kind, isOnThread }: RowName): string {
  const { about } = ROW_WORDS[kind];
  return isOnThread && kind !== 'cpu'
    ? `${about} Its thread stood still meanwhile: nothing else ran.`
    : about;
}

type RowName = Pick<OperationRow, 'kind' | 'isOnThread'>;

export const rowKey = ({ kind, isOnThread }: RowName): string => (isOnThread ? `${kind} on thread` : kind);

/** Inside a sentence: `pool`, `event loop`, but `GC`. */
export function kindWord(kind: RowKind): string {
  const { title } = ROW_WORDS[kind];
  return title === title.toUpperCase() ? title : title.toLowerCase();
}

export const CERTAINTY_WORDS: Readonly<Record<Exclude<Certainty, 'measured'>, string>> = {
  estimated: 'estimated',
  bound: 'upper bound',
};

type Item = Pick<RowItem, 'milliseconds' | 'share' | 'certainty'>;

/** Of a line of the CPU time: it ran for less than a sample stands for. */
const isLess = (kind: RowKind, { certainty }: Pick<Item, 'certainty'>): boolean =>
  kind === 'cpu' && certainty === 'bound';

/** `33.0 ms`; `< 1.17 ms`. */
export const itemTime = (kind: RowKind, item: Item): string =>
  `${isLess(kind, item) ? '< ' : ''}${formatMilliseconds(milliseconds(item.milliseconds))}`;

/** `55 %`; `< 2.0 %`. */
export const itemShare = (kind: RowKind, item: Item): string =>
  `${isLess(kind, item) ? '< ' : ''}${formatShare(item.share)}`;

/** How sure its time is; undefined where it is measured. */
export const itemCertainty = (kind: RowKind, { certainty }: Pick<Item, 'certainty'>): string | undefined =>
  isLess(kind, { certainty })
    ? '1 sample'
    : certainty === 'measured'
      ? undefined
      : CERTAINTY_WORDS[certainty];

/** Plural, for lists of routes. */
export const OPERATION_WORDS: Readonly<Record<OperationKind, string>> = {
  http: 'requests',
  http2: 'requests',
  job: 'jobs',
  call: 'calls',
  stall: 'stalls',
};

/** Of a line that the operation itself has not looked for. */
export const LIKE_OTHERS = 'as in other requests of this route';

/** Before the place of who calls there. */
export const callerHow = ({ isLoop }: { readonly isLoop: boolean }): string =>
  isLoop ? 'in the loop at' : 'called from';
