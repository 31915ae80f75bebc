import type { ProfileProblem } from './profile.ts';

/** Samples in the order of their times, microseconds. The last one lasts until `endTime`. */
export interface TimedSamples {
  readonly node: Int32Array;
  readonly time: Float64Array;
  readonly endTime: number;
}

/** What a file has about its samples; times are NaN where it has none. */
export interface RawSamples {
  /** As in the file. */
  readonly id: Int32Array;
  readonly nodeOf: (id: number) => number;
  /** Times of the samples: the sums of V8's deltas, from `momentsSince` on. */
  readonly moments: Float64Array;
  /** Whether some deltas were negative. */
  readonly areShuffled: boolean;
  readonly momentsSince: number;
  /** V8's hit counts by node. */
  readonly hits: Int32Array;
  readonly startTime: number;
  readonly endTime: number;
}

/**
 * Times of the samples: from V8's deltas; spread evenly where there are none; from hit counts where there are no
 * samples. Undefined when nothing says when or how often anything ran. `raw` is used up.
 */
export function timeSamples(raw: RawSamples, problems: Set<ProfileProblem>): TimedSamples | undefined {
  if (raw.id.length > 0 && raw.moments.length > 0) return fromDeltas(raw, problems);
  const hits = raw.hits.reduce((sum, count) => sum + Math.max(count, 0), 0);
  const span = raw.endTime - raw.startTime;
  if (!(span > 0) || raw.id.length + hits === 0) return undefined;
  problems.add('deltas-missing');
  if (raw.id.length === 0) return fromHits(raw, span / hits);
  return evenly(raw, span / Math.max(raw.id.length, hits));
}

/** A file that ends early may have fewer samples than hits: the interval of the whole is what hits say. */
function evenly({ id, nodeOf, startTime }: RawSamples, interval: number): TimedSamples {
  const node = id.map(nodeOf);
  const time = Float64Array.from(node, (_, sample) => startTime + sample * interval);
  return { node, time, endTime: startTime + node.length * interval };
}

/** Two samples per node, at the ends of the time of all its hits: all between them is the node's. */
function fromHits({ hits, startTime, endTime }: RawSamples, interval: number): TimedSamples {
  const hit = Int32Array.from(hits.keys()).filter(index => hits[index]! > 0);
  const node = new Int32Array(2 * hit.length);
  const time = new Float64Array(2 * hit.length);
  let before = 0;
  hit.forEach((index, each) => {
    node.fill(index, 2 * each, 2 * each + 2);
    time[2 * each] = startTime + before * interval;
    before += hits[index]!;
    time[2 * each + 1] = startTime + before * interval;
  });
  return { node, time, endTime: Math.max(endTime, time.at(-1)!) };
}

/** Without the delta of every sample the end of the last timed one is not known: it gets no time. */
function fromDeltas(raw: RawSamples, problems: Set<ProfileProblem>): TimedSamples {
  const count = Math.min(raw.id.length, raw.moments.length);
  const samples = timesFromDeltas(raw, count, problems);
  const last = samples.time[count - 1]!;
  if (count === raw.id.length) return { ...samples, endTime: Math.max(last, raw.endTime || last) };
  problems.add('deltas-missing');
  return { ...samples, endTime: last };
}

type SampleOrder = Omit<TimedSamples, 'endTime'>;

/**
 * Nodes and times of the first `count` samples, in place of ids and moments. V8 writes samples taken at
 * deoptimisations late, with negative deltas: they are put where they belong.
 */
function timesFromDeltas(raw: RawSamples, count: number, problems: Set<ProfileProblem>): SampleOrder {
  const node = raw.id.subarray(0, count);
  const time = raw.moments.subarray(0, count);
  const { nodeOf } = raw;
  for (let sample = 0; sample < count; sample++) node[sample] = nodeOf(node[sample]!);
  const offset = (raw.startTime || 0) - raw.momentsSince;
  if (offset !== 0) for (let sample = 0; sample < count; sample++) time[sample]! += offset;
  const late = raw.areShuffled ? countLate(time) : 0;
  if (late === 0) return { node, time };
  problems.add('negative-deltas');
  return sortByTime(node, time, late);
}

/** Few samples are late: those alone are sorted, then merged with the others. Samples of one time keep their order. */
function sortByTime(node: Int32Array, time: Float64Array, lateCount: number): SampleOrder {
  const late = new Int32Array(lateCount);
  const onTime = new Int32Array(time.length - lateCount);
  let latest = Number.NEGATIVE_INFINITY;
  for (let sample = 0, lates = 0; sample < time.length; sample++) {
    if (time[sample]! < latest) {
      late[lates++] = sample;
      continue;
    }
    onTime[sample - lates] = sample;
    latest = time[sample]!;
  }
  late.sort((a, b) => time[a]! - time[b]! || a - b);
  return merge(node, time, onTime, late);
}

function countLate(time: Float64Array): number {
  let latest = Number.NEGATIVE_INFINITY;
  let late = 0;
  for (const at of time) {
    if (at < latest) late++;
    else latest = at;
  }
  return late;
}

function merge(node: Int32Array, time: Float64Array, left: Int32Array, right: Int32Array): SampleOrder {
  const sorted = { node: new Int32Array(time.length), time: new Float64Array(time.length) };
  for (let sample = 0, l = 0, r = 0; sample < time.length; sample++) {
    const fromLeft = r === right.length || (l < left.length && precedes(time, left[l]!, right[r]!));
    const source = fromLeft ? left[l++]! : right[r++]!;
    sorted.node[sample] = node[source]!;
    sorted.time[sample] = time[source]!;
  }
  return sorted;
}

function precedes(time: Float64Array, a: number, b: number): boolean {
  return time[a]! < time[b]! || (time[a] === time[b] && a < b);
}
