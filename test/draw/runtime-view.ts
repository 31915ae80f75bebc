/** A made-up recording of a service under load: young collections all the time, old ones when the heap has grown. */
import { collectionStatistics } from '../../src/analysis/gc/collection-statistics.ts';
import {
  type CollectionColumns,
  type RuntimeThread,
  type RuntimeUpdate,
  type RuntimeView,
  type SampleColumns,
} from '../../src/contracts/views/runtime.ts';

export interface Load {
  readonly seconds: number;
  readonly collectionsPerSecond: number;
  readonly name?: string;
  readonly threadNames?: readonly string[];
  readonly isLive?: boolean;
}

const MEGABYTE = 1e6;
const SPACES = [
  'read_only_space',
  'new_space',
  'old_space',
  'code_space',
  'large_object_space',
  'trusted_space',
] as const;

/** The same load gives the same view. */
export function generateRuntimeView(load: Load): RuntimeView {
  const { seconds, name = 'shop · npm start', threadNames = ['main'], isLive = false } = load;
  return {
    version: 1,
    name,
    durationMilliseconds: seconds * 1000,
    isLive,
    threads: threadNames.map((name, index) => generateThread(load, name, index)),
  };
}

/** The second after the generated ones, `ahead` seconds later. */
export function generateUpdate(load: Load, ahead: number, id = 'recording'): RuntimeUpdate {
  const from = (load.seconds + ahead) * 1000;
  const { pid, threadId, name, nodeVersion, sentence, notListed } = identity('main', 0);
  const all = generateCollections({ ...load, seconds: load.seconds + ahead + 1 }, 0);
  const first = all.at.findIndex(at => at >= from);
  const collections = rowsFrom(all, first < 0 ? all.at.length : first);
  return {
    ...{ id, pid, threadId, name, nodeVersion, sentence, notListed, collections },
    samples: generateSamples(load.seconds + ahead + 1, 0, load.seconds + ahead),
    statistics: collectionStatistics(all, { from: 0, to: from + 1000 }),
  };
}

function generateThread(load: Load, name: string, index: number): RuntimeThread {
  const collections = generateCollections(load, index);
  return {
    ...identity(name, index),
    collections,
    samples: generateSamples(load.seconds, index, 0),
    statistics: collectionStatistics(collections, { from: 0, to: load.seconds * 1000 }),
  };
}

const identity = (name: string, index: number) => ({
  pid: 4711,
  threadId: index,
  name,
  nodeVersion: '22.23.3',
  notListed: 0,
  sentence:
    'GC took 4.1 % of the time (p95 4.20 ms, longest 61.0 ms): most of it are young collections that promote short-lived objects, so a larger young generation is likely to help (--max-semi-space-size).',
});

function generateCollections({ seconds, collectionsPerSecond }: Load, seed: number): CollectionColumns {
  const random = randomFrom(seed + 1);
  const step = 1000 / collectionsPerSecond;
  const rows = { at: [] as number[], pause: [] as number[], kind: [] as number[] };
  const spaces = SPACES.map(name => ({ name, beforeBytes: [] as number[], afterBytes: [] as number[] }));
  let old = 38;
  for (let time = step; time < seconds * 1000; time += step * (0.7 + 0.6 * random())) {
    const isFull = old > 62;
    const isIncremental = !isFull && old > 58 && random() < 0.1;
    const busy = 1 + Math.sin(time / 17_000) * 0.6;
    const pause = isFull
      ? 18 + 45 * random()
      : isIncremental
        ? 0.4 + random()
        : 0.4 + 3.2 * random() ** 4 * busy;
    const promoted = isFull || isIncremental ? 0 : 0.25 * busy * random() * (60 / collectionsPerSecond) * 0.4;
    const young = isFull ? 6 * random() : 15.5 + random() * 0.5;
    rows.at.push(round(time));
    rows.pause.push(round(pause));
    rows.kind.push(isFull ? 1 : isIncremental ? 2 : 0);
    const before = [0.2, young, old, 1.1, 6 + Math.sin(time / 9000), 1.6];
    if (isFull) old = 36 + 3 * random();
    else old += promoted;
    const after = [0.2, isIncremental ? young : 0.8 + random(), old, 1.1, isFull ? 5 : before[4]!, 1.6];
    spaces.forEach((space, index) => {
      space.beforeBytes.push(Math.round(before[index]! * MEGABYTE));
      space.afterBytes.push(Math.round(after[index]! * MEGABYTE));
    });
  }
  const total = (side: 'beforeBytes' | 'afterBytes') =>
    rows.at.map((_, row) => spaces.reduce((sum, space) => sum + space[side][row]!, 0));
  return {
    ...{ at: rows.at, pauseMilliseconds: rows.pause, kind: rows.kind, spaces },
    cause: rows.kind.map(kind => (kind === 0 ? 0 : 1)),
    causes: ['allocation failure', 'allocation limit'],
    ...{ beforeBytes: total('beforeBytes'), afterBytes: total('afterBytes') },
  };
}

/** The rows of the seconds after `first`. */
function generateSamples(seconds: number, thread: number, first: number): SampleColumns {
  const random = randomFrom(77 + thread);
  const at = Array.from({ length: seconds }, (_, index) => (index + 1) * 1000);
  const wave = at.map(time => 1 + Math.sin(time / 17_000) * 0.6);
  const column = (value: (busy: number, time: number) => number): number[] =>
    at.map((time, row) => round(value(wave[row]!, time))).slice(first);
  const ofProcess = (values: number[]): (number | null)[] => (thread === 0 ? values : values.map(() => null));
  const used = column(busy => (44 + 14 * random() * busy) * MEGABYTE);
  return {
    at: at.slice(first),
    heapUsedBytes: used,
    heapTotalBytes: column(() => 82 * MEGABYTE),
    externalBytes: column(busy => (4 + busy) * MEGABYTE),
    arrayBuffersBytes: column(busy => (1 + busy * random()) * MEGABYTE),
    rssBytes: ofProcess(column((busy, time) => (128 + busy * 8 + time / 60_000) * MEGABYTE)),
    cpu: ofProcess(column(busy => 0.35 * busy + 0.15 * random())),
    threadCpu: column(busy => Math.min(1, 0.3 * busy + 0.1 * random())),
    loopDelayP50Milliseconds: column(() => 1.05 + 0.1 * random()),
    loopDelayP99Milliseconds: column(busy => 2 + 4 * busy * random()),
    loopDelayMaxMilliseconds: column(busy => 6 + 30 * busy * random() ** 3),
    spaces: SPACES.map((name, index) => ({
      name,
      usedBytes: column(busy => ([0.2, 8 * random(), 45 + busy * 6, 1.1, 6, 1.6][index] ?? 0) * MEGABYTE),
    })),
  };
}

function rowsFrom(all: CollectionColumns, first: number): CollectionColumns {
  return {
    at: all.at.slice(first),
    pauseMilliseconds: all.pauseMilliseconds.slice(first),
    kind: all.kind.slice(first),
    cause: all.cause.slice(first),
    causes: all.causes,
    beforeBytes: all.beforeBytes.slice(first),
    afterBytes: all.afterBytes.slice(first),
    spaces: all.spaces.map(({ name, beforeBytes, afterBytes }) => ({
      name,
      beforeBytes: beforeBytes.slice(first),
      afterBytes: afterBytes.slice(first),
    })),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Park and Miller: uniform in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
