/** Writes V8's `.cpuprofile`: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
import { ROOT_FRAME } from '../cpu/profile.ts';
import { scriptBaseUrl } from '../source/source-url.ts';
import type { StackFunction, StackTrack } from '../stacks/stack-profile.ts';
import { depthFirst, type DepthFirst } from './depth-first.ts';
import { lineRows, WholeNumbers } from './line-shares.ts';

const ROOT_ID = 1;
/** Of the node at the first place of the order; the others follow. */
const FIRST_ID = 2;

/**
 * One thread as JSON in pieces. The samples of a node stand together, evenly over the time that it burnt, the first at
 * its begin and the last at its end: whichever way a reader gives time to samples, it comes out right. The axis is
 * not time.
 */
export function* writeCpuProfile(functions: readonly StackFunction[], track: StackTrack): Generator<string> {
  const order = depthFirst(track);
  yield '{"nodes":[';
  yield* nodes(callFrames(functions), track, order);
  yield '],"startTime":0,"endTime":';
  yield microseconds(track.self.reduce((sum, value) => sum + nanoseconds(value), 0));
  yield ',"samples":[';
  yield* separated(samples(track, order));
  yield '],"timeDeltas":[';
  yield* separated(deltas(track, order));
  yield ']}\n';
}

function callFrames(functions: readonly StackFunction[]): string[] {
  const scripts = new Map<string, string>();
  return functions.map(({ name, file, line, column }) => {
    if (file !== '' && !scripts.has(file)) scripts.set(file, String(scripts.size + 1));
    return JSON.stringify({
      functionName: name,
      scriptId: scripts.get(file) ?? ROOT_FRAME.scriptId,
      url: scriptBaseUrl(file) ?? file,
      lineNumber: line - 1,
      columnNumber: column - 1,
    });
  });
}

const ROOT_CALL_FRAME = JSON.stringify({
  functionName: ROOT_FRAME.functionName,
  scriptId: ROOT_FRAME.scriptId,
  url: '',
  lineNumber: -1,
  columnNumber: -1,
});

function* nodes(frames: readonly string[], track: StackTrack, order: DepthFirst): Generator<string> {
  const { node, depth } = order;
  const end = subtreeEnds(depth);
  const children = (from: number, to: number): string => {
    const ids: number[] = [];
    for (let place = from; place < to; place = end[place]!) ids.push(place + FIRST_ID);
    return ids.length === 0 ? '' : `,"children":[${ids.join(',')}]`;
  };
  yield `{"id":${ROOT_ID},"callFrame":${ROOT_CALL_FRAME},"hitCount":0${children(0, node.length)}}`;
  const ticks = new PositionTicks(track);
  for (const [place, each] of node.entries()) {
    const frame = frames[track.function[each]!]!;
    const hits = Math.round(track.samples[each]!);
    yield `,{"id":${place + FIRST_ID},"callFrame":${frame},"hitCount":${hits}${children(place + 1, end[place]!)}${ticks.of(each)}}`;
  }
}

/** By place: the next one that is not below it. */
function subtreeEnds(depth: Int32Array): Int32Array {
  const end = new Int32Array(depth.length);
  const behind: number[] = [];
  for (let place = depth.length - 1; place >= 0; place--) {
    while (behind.length > 0 && depth[behind.at(-1)!]! > depth[place]!) behind.pop();
    end[place] = behind.at(-1) ?? depth.length;
    behind.push(place);
  }
  return end;
}

class PositionTicks {
  readonly #track: StackTrack;
  readonly #rows: Int32Array;

  constructor(track: StackTrack) {
    this.#track = track;
    this.#rows = lineRows(track);
  }

  of(node: number): string {
    const { lineNumber, lineSelf, self, samples } = this.#track;
    const counts = new WholeNumbers();
    const ticks: string[] = [];
    for (let row = this.#rows[node]!; row < this.#rows[node + 1]!; row++) {
      const count = counts.of((lineSelf[row]! / self[node]!) * Math.max(1, samples[node]!));
      if (count > 0) ticks.push(`{"line":${lineNumber[row]!},"ticks":${count}}`);
    }
    return ticks.length === 0 ? '' : `,"positionTicks":[${ticks.join(',')}]`;
  }
}

/** Two at least: its begin and its end. */
const samplesOf = ({ samples }: StackTrack, node: number): number => Math.max(2, Math.round(samples[node]!));

function* samples(track: StackTrack, { node }: DepthFirst): Generator<string> {
  for (const [place, each] of node.entries()) {
    if (!(track.self[each]! > 0)) continue;
    const text = String(place + FIRST_ID);
    for (let count = samplesOf(track, each); count > 0; count--) yield text;
  }
}

function* deltas(track: StackTrack, { node }: DepthFirst): Generator<string> {
  for (const each of node) {
    const time = nanoseconds(track.self[each]!);
    if (!(track.self[each]! > 0)) continue;
    const steps = samplesOf(track, each) - 1;
    yield '0';
    let at = 0;
    for (let step = 1; step <= steps; step++) {
      const next = Math.round((time * step) / steps);
      yield microseconds(next - at);
      at = next;
    }
  }
}

function* separated(texts: Iterable<string>): Generator<string> {
  let separator = '';
  for (const text of texts) {
    yield separator + text;
    separator = ',';
  }
}

const nanoseconds = (value: number): number => Math.round(value * 1000);
const microseconds = (value: number): string => String(value / 1000);
