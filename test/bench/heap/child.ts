/** One measurement of ours: `child.mjs read|analyse FILE`. Prints a `Measurement`. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { analyseHeap } from '../../../src/model/heap/heap.ts';
import { HeapSnapshotReader } from '../../../src/model/heap/reader.ts';
import { peakResidentBytes } from '../peak-memory.ts';

export interface Measurement {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly peakResidentBytes: number;
  readonly objects: number;
  /** Of the root: that the work was done. */
  readonly retainedBytes: number;
  /** Only ours. */
  readonly afterLastChunkMilliseconds?: number;
  readonly dominatorsMilliseconds?: number;
}

type Work = 'read' | 'analyse';

const CHUNK_BYTES = 1 << 18;

function* chunks(descriptor: number): Generator<Uint8Array> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let length = readSync(descriptor, chunk); length > 0; length = readSync(descriptor, chunk))
    yield length === chunk.length ? chunk : chunk.subarray(0, length);
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const [work, file] = process.argv.slice(2) as [Work, string];
const start = performance.now();
const descriptor = openSync(file, 'r');
let result = { objects: 0, retainedBytes: 0 };
let more: Pick<Measurement, 'afterLastChunkMilliseconds' | 'dominatorsMilliseconds'> = {};
if (work === 'read') for (const chunk of chunks(descriptor)) result.retainedBytes += chunk.length;
else {
  const totalBytes = fstatSync(descriptor).size;
  const reader = new HeapSnapshotReader({ totalBytes });
  for (const chunk of chunks(descriptor)) reader.push(chunk);
  const last = performance.now();
  const graph = reader.finish();
  const afterLastChunkMilliseconds = performance.now() - last;
  const steps = new Map<string, number>();
  const heap = analyseHeap(graph, step => steps.set(step, cpu()));
  // Of the processor: other programs run meanwhile.
  const dominatorsMilliseconds = steps.get('classes')! - steps.get('dominators')!;
  more = { afterLastChunkMilliseconds, dominatorsMilliseconds };
  result = { objects: graph.nodeCount, retainedBytes: heap.retained[0]! };
}
closeSync(descriptor);
const measurement: Measurement = {
  milliseconds: performance.now() - start,
  cpuMilliseconds: cpu(),
  peakResidentBytes: peakResidentBytes(),
  ...result,
  ...more,
};
console.log(JSON.stringify(measurement));
