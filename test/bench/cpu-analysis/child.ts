/** One measurement: `child.mjs read|parse|analyse FILE`. Prints a `Measurement`. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { breakdown } from '../../../src/analysis/cpu/breakdown.ts';
import { hotLines } from '../../../src/analysis/cpu/hot-lines.ts';
import { placeFunctions } from '../../../src/analysis/cpu/placed-profile.ts';
import { CpuProfileReader } from '../../../src/model/cpu/reader.ts';
import { threadTree } from '../../../src/model/cpu/weigh.ts';
import { IdentityPlacement } from '../../../src/model/source/placement.ts';
import { peakResidentBytes } from '../peak-memory.ts';

export interface Measurement {
  readonly milliseconds: number;
  readonly peakResidentBytes: number;
  /** Bytes, top-level keys or samples: that the work was done. */
  readonly found: number;
}

export type Work = 'read' | 'parse' | 'analyse';

const CHUNK_BYTES = 1 << 18;
const LINES = 500;

function* chunks(file: string): Generator<Uint8Array> {
  const descriptor = openSync(file, 'r');
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let length = readSync(descriptor, chunk); length > 0; length = readSync(descriptor, chunk)) {
    yield chunk.subarray(0, length);
  }
  closeSync(descriptor);
}

const WORK: Record<Work, (file: string) => number> = {
  read(file) {
    let bytes = 0;
    for (const chunk of chunks(file)) bytes += chunk.length;
    return bytes;
  },
  parse: file => Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).length,
  analyse(file) {
    const reader = new CpuProfileReader();
    for (const chunk of chunks(file)) reader.push(chunk);
    const profile = reader.finish();
    const placed = placeFunctions([{ tree: threadTree([profile]), place: new IdentityPlacement() }]);
    const { sampledMicroseconds, idleMicroseconds } = breakdown(placed);
    const lines = hotLines(placed, { cpuMicroseconds: sampledMicroseconds - idleMicroseconds }, LINES);
    return lines.length > 0 ? profile.sampleNode.length : 0;
  },
};

const [work, file] = process.argv.slice(2) as [Work, string];
const start = performance.now();
const found = WORK[work](file);
const milliseconds = performance.now() - start;
console.log(
  JSON.stringify({ milliseconds, peakResidentBytes: peakResidentBytes(), found } satisfies Measurement),
);
