/** Of a segment what kept operations need: their samples, and of what time these tell. */
import { KEPT_KEY } from '../../contracts/recording-files.ts';

/** Absolute microseconds of CLOCK_MONOTONIC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** As V8 writes it. */
interface Node {
  readonly id: number;
  readonly callFrame: unknown;
  children?: number[];
  hitCount?: number;
}
interface Profile {
  readonly nodes: readonly Node[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Sample {
  readonly node: number;
  readonly time: number;
}

/** Times of a profile without reading all of it; undefined when it has none. */
export function spanOf(profile: string): Span | undefined {
  const [from, to] = [/"startTime":(\d+)/, /"endTime":(\d+)/].map(key => key.exec(profile)?.[1]);
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

/**
 * The profile of what ran within `spans` (ascending, apart from each other), to the microsecond: see `KEPT_KEY`.
 * Undefined when nothing was sampled there.
 */
export function cutProfile(text: string, spans: readonly Span[]): string | undefined {
  const profile = JSON.parse(text) as Profile;
  const samples = samplesOf(profile);
  const kept = spansWithin(spans, { from: samples[0]?.time ?? profile.endTime, to: profile.endTime });
  if (kept.length === 0) return undefined;
  const left = samplesFor(kept, samples);
  return JSON.stringify({
    ...profile,
    nodes: nodesOf(profile.nodes, left),
    samples: left.map(({ node }) => node),
    timeDeltas: differences(
      left.map(({ time }) => time),
      profile.startTime,
    ),
    [KEPT_KEY]: differences(
      kept.flatMap(({ from, to }) => [from, to]),
      profile.startTime,
    ),
  });
}

/** In the order of their times: V8's deltas may be negative. */
function samplesOf({ samples, timeDeltas, startTime }: Profile): Sample[] {
  let time = startTime;
  return samples
    .map((node, index) => ({ node, time: (time += timeDeltas[index] ?? 0) }))
    .sort((a, b) => a.time - b.time);
}

/** In whole microseconds. */
const spansWithin = (spans: readonly Span[], whole: Span): Span[] =>
  spans
    .map(({ from, to }) => ({
      from: Math.max(Math.round(from), whole.from),
      to: Math.min(Math.round(to), whole.to),
    }))
    .filter(({ from, to }) => from < to);

/** Those within a span, the last one before it and the first one behind it. */
function samplesFor(spans: readonly Span[], samples: readonly Sample[]): Sample[] {
  const left: Sample[] = [];
  let next = 0;
  for (const { from, to } of spans) {
    while (next + 1 < samples.length && timeOf(samples, next + 1) < from) next++;
    while (next < samples.length && timeOf(samples, next - 1) < to) left.push(samples[next++] as Sample);
  }
  return left;
}

const timeOf = (samples: readonly Sample[], index: number): number =>
  samples[index]?.time ?? Number.NEGATIVE_INFINITY;

function differences(values: readonly number[], start: number): number[] {
  let before = start;
  return values.map(value => {
    const difference = value - before;
    before = value;
    return difference;
  });
}

function nodesOf(nodes: readonly Node[], samples: readonly Sample[]): Node[] {
  const hits = new Map<number, number>();
  for (const { node } of samples) hits.set(node, (hits.get(node) ?? 0) + 1);
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)),
  );
  const needed = new Set<number>();
  for (const hit of hits.keys())
    for (let id: number | undefined = hit; id !== undefined && !needed.has(id); id = parents.get(id))
      needed.add(id);
  return nodes
    .filter(({ id }) => needed.has(id))
    .map(({ children = [], ...node }) => {
      const left = children.filter(child => needed.has(child));
      return { ...node, hitCount: hits.get(node.id) ?? 0, ...(left.length > 0 ? { children: left } : {}) };
    });
}
