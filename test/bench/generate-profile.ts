/** Writes big `.cpuprofile` files as V8 would: the same bytes for the same shape, on every machine. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { mulberry32 } from './document.ts';

export interface ProfileShape {
  readonly samples: number;
  readonly nodes: number;
  readonly functions: number;
}

export const SHAPES = {
  '30k': { samples: 30_000, nodes: 3_000, functions: 600 },
  '100k': { samples: 100_000, nodes: 5_000, functions: 1_000 },
  '1M': { samples: 1_000_000, nodes: 50_000, functions: 20_000 },
  /** More than 2²⁹-24 bytes, where a JavaScript string ends. */
  '600MB': { samples: 62_000_000, nodes: 100_000, functions: 20_000 },
} as const satisfies Record<string, ProfileShape>;

const DEPTH = 60;
const BLOCK_SAMPLES = 1_000_000;
const INTERVAL_MICROSECONDS = 100;
const START_MICROSECONDS = 81_234_567_890;
const FLUSH_CHARACTERS = 1 << 20;
const FUNCTIONS_PER_FILE = 25;
/** (root), (program), (idle), (garbage collector): ids 1 to 4. */
const STATES = ['(root)', '(program)', '(idle)', '(garbage collector)'];

type Random = () => number;

/** Writes a profile of this shape; returns its size in bytes. */
export function generateProfile(file: string, shape: ProfileShape): number {
  const random = mulberry32(shape.samples);
  const parent = randomTree(shape.nodes, random);
  const blockSize = Math.min(shape.samples, BLOCK_SAMPLES);
  const block = randomSamples(shape.nodes, blockSize, random);
  const blocks = Math.ceil(shape.samples / blockSize);
  const deltas = Array.from(block, () => INTERVAL_MICROSECONDS + Math.trunc(random() ** 8 * 900));
  const span = blocks * deltas.reduce((sum, delta) => sum + delta, 0);
  const out = new Output(file);
  out.write('{"nodes":[');
  writeNodes(out, shape, parent, countHits(shape.nodes, block, blocks), random);
  out.write(`],"startTime":${START_MICROSECONDS},"endTime":${START_MICROSECONDS + span + 87},"samples":[`);
  writeRepeated(out, Array.from(block, node => node + 1).join(','), blocks);
  out.write('],"timeDeltas":[');
  writeRepeated(out, deltas.join(','), blocks);
  out.write(']}');
  return out.close();
}

class Output {
  #file: number;
  #text = '';
  #bytes = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > FLUSH_CHARACTERS) this.#flush();
  }

  #flush(): void {
    this.#bytes += writeSync(this.#file, this.#text);
    this.#text = '';
  }

  close(): number {
    this.#flush();
    closeSync(this.#file);
    return this.#bytes;
  }
}

/** Parents by node, in preorder as V8 writes nodes: each new node hangs somewhere on the path to the one before it. */
function randomTree(nodes: number, random: Random): Int32Array {
  const parent = new Int32Array(nodes).fill(-1);
  parent.fill(0, 1, STATES.length);
  const path = [0];
  for (let node = STATES.length; node < nodes; node++) {
    const goesDeeper = path.length < DEPTH && random() < 0.8;
    if (!goesDeeper) path.length = 1 + Math.trunc(random() * (path.length - 1));
    parent[node] = path.at(-1)!;
    path.push(node);
  }
  return parent;
}

/** Few nodes have most of the samples, and samples of one node follow each other. */
function randomSamples(nodes: number, count: number, random: Random): Int32Array {
  const samples = new Int32Array(count);
  let node = STATES.length;
  for (let sample = 0; sample < count; sample++) {
    const dice = random();
    if (dice < 0.03) node = 1 + Math.trunc(random() * 3);
    else if (dice < 0.6) node = STATES.length + Math.trunc(random() ** 2 * (nodes - STATES.length));
    samples[sample] = node;
  }
  return samples;
}

function countHits(nodes: number, block: Int32Array, blocks: number): Int32Array {
  const hits = new Int32Array(nodes);
  for (const node of block) hits[node]! += blocks;
  return hits;
}

function writeNodes(
  out: Output,
  { functions }: ProfileShape,
  parent: Int32Array,
  hits: Int32Array,
  random: Random,
): void {
  const children = Array.from(parent, (): number[] => []);
  parent.forEach((above, node) => above >= 0 && children[above]!.push(node + 1));
  for (let node = 0; node < parent.length; node++) {
    const index = Math.trunc(random() ** 1.5 * functions);
    const callFrame = node < STATES.length ? stateFrame(STATES[node]!) : functionFrame(index);
    const below = children[node]!.length > 0 ? { children: children[node]! } : {};
    const ticks =
      node >= STATES.length && hits[node]! > 0
        ? { positionTicks: positionTicks(index, hits[node]!, random) }
        : {};
    out.write(
      `${node > 0 ? ',' : ''}${JSON.stringify({ id: node + 1, callFrame, hitCount: hits[node]!, ...below, ...ticks })}`,
    );
  }
}

const stateFrame = (functionName: string): object => ({
  functionName,
  scriptId: '0',
  url: '',
  lineNumber: -1,
  columnNumber: -1,
});

const VERBS = [
  'get',
  'set',
  'parse',
  'resolve',
  'visit',
  'emit',
  'handle',
  'render',
  'apply',
  'encode',
  'flush',
  'lookup',
];
const NOUNS = ['Node', 'Token', 'Request', 'Cache', 'Row', 'Chunk', 'Header', 'Options', 'Schema', 'Buffer'];

function functionFrame(index: number): object {
  const file = Math.trunc(index / FUNCTIONS_PER_FILE);
  const name = `${VERBS[index % VERBS.length]}${NOUNS[index % NOUNS.length]}${index % 7 === 0 ? '' : index}`;
  return {
    functionName: index % 11 === 0 ? '' : name,
    scriptId: String(60 + file),
    url: urlOf(file),
    lineNumber: firstLine(index),
    columnNumber: (index * 13) % 90,
  };
}

function urlOf(file: number): string {
  if (file % 5 === 0) return `node:internal/streams/part-${file}`;
  if (file % 5 < 3)
    return `file:///home/developer/projects/shop/node_modules/package-${file % 40}/dist/lib/module-${file}.js`;
  return `file:///home/developer/projects/shop/src/features/area-${file % 12}/module-${file}.js`;
}

const firstLine = (index: number): number => 10 + (index % FUNCTIONS_PER_FILE) * 40;

/** As V8 24 and before: lines in no order; now and then one line of an inlined callee; a few hits without a tick. */
function positionTicks(index: number, hits: number, random: Random): object[] {
  const ticks = new Map<number, number>();
  const lines = Math.min(hits, 1 + Math.trunc(random() * 5));
  for (let each = 0; each < lines; each++) {
    const line =
      random() < 0.04 ? 1 + Math.trunc(random() * 900) : firstLine(index) + 1 + Math.trunc(random() * 35);
    ticks.set(line, (ticks.get(line) ?? 0) + Math.max(1, Math.trunc((hits * 0.97) / lines)));
  }
  return Array.from(ticks, ([line, count]) => ({ line, ticks: count }));
}

function writeRepeated(out: Output, text: string, times: number): void {
  for (let each = 0; each < times; each++) out.write(each === 0 ? text : `,${text}`);
}
