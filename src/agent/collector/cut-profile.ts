/** Of a segment what kept operations need; the rest of its time is one sample of nobody's each time. */
import { NOT_SAMPLED_NAME } from '../../contracts/recording-files.ts';

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
  nodes: Node[];
  readonly startTime: number;
  readonly endTime: number;
  samples: number[];
  timeDeltas: number[];
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
 * The profile of what ran within `spans` (ascending, apart from each other), to the microsecond, and the nodes of that.
 * Undefined when nothing was sampled there.
 */
export function cutProfile(text: string, spans: readonly Span[]): string | undefined {
  const profile = JSON.parse(text) as Profile;
  const nobody = 1 + profile.nodes.reduce((most, { id }) => Math.max(most, id), 0);
  const kept = cutSamples(samplesOf(profile), profile.endTime, spans, nobody);
  if (kept.every(({ node }) => node === nobody)) return undefined;
  let before = profile.startTime;
  profile.timeDeltas = kept.map(({ time }) => {
    const delta = time - before;
    before = time;
    return delta;
  });
  profile.samples = kept.map(({ node }) => node);
  profile.nodes = nodesOf(profile, nobody);
  return JSON.stringify(profile);
}

/** In the order of their times: V8's deltas may be negative. */
function samplesOf({ samples, timeDeltas, startTime }: Profile): Sample[] {
  let time = startTime;
  return samples
    .map((node, index) => ({ node, time: (time += timeDeltas[index] ?? 0) }))
    .sort((a, b) => a.time - b.time);
}

/** A sample's time lasts until the next one: where a span ends before, nobody's time begins. */
function cutSamples(
  samples: readonly Sample[],
  end: number,
  spans: readonly Span[],
  nobody: number,
): Sample[] {
  const kept: Sample[] = [];
  const begin = (node: number, time: number): void => {
    // A sample that lasts for no time is none.
    if (kept.at(-1)?.time === time) kept.pop();
    if (kept.at(-1)?.node !== nobody || node !== nobody) kept.push({ node, time });
  };
  begin(nobody, samples[0]?.time ?? end);
  let index = 0;
  for (const { from, to } of spans) {
    while (index < samples.length && (samples[index + 1]?.time ?? end) <= from) index++;
    for (let each = index; each < samples.length && (samples[each] as Sample).time < to; each++) {
      const { node, time } = samples[each] as Sample;
      begin(node, Math.max(time, Math.round(from)));
    }
    if (to < end && kept.at(-1)?.node !== nobody) begin(nobody, Math.round(to));
  }
  return kept;
}

function nodesOf({ nodes, samples }: Profile, nobody: number): Node[] {
  const hits = new Map<number, number>();
  for (const node of samples) hits.set(node, (hits.get(node) ?? 0) + 1);
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)),
  );
  const needed = new Set<number>();
  for (const hit of hits.keys())
    for (let id: number | undefined = hit; id !== undefined && !needed.has(id); id = parents.get(id))
      needed.add(id);
  const root = nodes.find(({ id }) => !parents.has(id));
  const left = nodes.filter(node => needed.has(node.id) || node === root);
  for (const node of left) {
    node.hitCount = hits.get(node.id) ?? 0;
    node.children = (node.children ?? []).filter(child => needed.has(child));
  }
  root?.children?.push(nobody);
  const callFrame = {
    functionName: NOT_SAMPLED_NAME,
    scriptId: '0',
    url: '',
    lineNumber: -1,
    columnNumber: -1,
  };
  return [...left, { id: nobody, callFrame, hitCount: hits.get(nobody) ?? 0 }];
}
